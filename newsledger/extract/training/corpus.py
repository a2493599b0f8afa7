"""The stream of training batches: sentences grouped, dressed and made into Examples, for ever."""

from collections.abc import Iterator, Sequence
from random import Random

from spacy.language import Language
from spacy.training import Example

from newsledger.extract.training.augment import Shares, dress
from newsledger.extract.training.tokens import gold_doc, plain_doc
from newsledger.extract.training.treebank import Document, Sentence

#: Longest run of consecutive sentences in one training Doc; 8 covers 90 % of news paragraphs.
LONGEST_GROUP = 8
#: Words in a batch: the first, the growth per step, the largest (spaCy's quickstart compounds
#: 100 -> 1000 words by 1.001; ours are larger since our Docs are paragraphs).
FIRST_BATCH, GROWTH, LARGEST_BATCH = 300, 1.001, 1500


def groups(documents: Sequence[Document], rng: Random) -> list[list[Sentence]]:
    """Return all sentences in runs of 1 to 8, none running over a document's end, shuffled.

    Args:
        documents: The texts.
        rng: Source of chance; each call gives other runs.
    """
    runs: list[list[Sentence]] = []
    for document in documents:
        place = 0
        while place < len(document.sentences):
            length = rng.randint(1, LONGEST_GROUP)
            runs.append(document.sentences[place : place + length])
            place += length
    rng.shuffle(runs)
    return runs


def example(nlp: Language, group: list[Sentence]) -> Example:
    """Return the group as a training Example on its gold words."""
    gold = gold_doc(nlp, group)
    return Example(plain_doc(nlp, gold), gold)


def examples(nlp: Language, documents: Sequence[Document], shares: Shares, rng: Random) -> Iterator[Example]:
    """Yield Examples without end, regrouped and dressed anew on every pass through the texts."""
    while True:
        for group in groups(documents, rng):
            yield example(nlp, dress(group, shares, rng))


def batch_size(step: int) -> float:
    """Return how many words the batch of a step may hold, counted from step 0."""
    return min(FIRST_BATCH * GROWTH**step, float(LARGEST_BATCH))


def batches(stream: Iterator[Example]) -> Iterator[list[Example]]:
    """Yield batches whose words come up to the size of their step."""
    batch: list[Example] = []
    words, step = 0, 0
    for item in stream:
        batch.append(item)
        words += len(item.reference)
        if words >= batch_size(step):
            yield batch
            batch, words, step = [], 0, step + 1
