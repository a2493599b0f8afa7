"""The training loop: update, measure on the dev treebanks, keep the best."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from spacy.language import Language
from spacy.util import fix_random_seed
from thinc.api import Adam, Optimizer

from newsledger.extract.training.augment import Shares
from newsledger.extract.training.corpus import batches, example, examples, groups
from newsledger.extract.training.pipeline import Size, build
from newsledger.extract.training.score import Tally, paragraphs, report, tally
from newsledger.extract.training.treebank import Document, read

Keep = Callable[[Language, dict[str, Tally]], None]

log = logging.getLogger(__name__)

#: Share of the first steps over which the learning rate rises to its peak.
WARM_UP = 0.05


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run depends on; the defaults are the shipped model's.

    Attributes:
        steps: Batches to learn from.
        seed: Of grouping, dressing, initial weights and dropout.
        dropout: Share of the network's numbers hidden in each step.
        learn_rate: Adam's step at its peak.
        decay: Whether the learning rate rises at first and then falls in a line to zero.
        news_copies: How often GUM's news texts are read in a pass through the training texts.
        measure_every: Steps between two measurements on the dev treebanks.
        size: Measures of the network.
        shares: How much of the text is dressed otherwise.
    """

    steps: int = 5000
    seed: int = 1
    dropout: float = 0.2
    learn_rate: float = 0.0015
    decay: bool = True
    news_copies: int = 2
    measure_every: int = 500
    size: Size = field(default_factory=Size)
    shares: Shares = field(default_factory=Shares)


@dataclass(frozen=True, slots=True)
class Treebanks:
    """The documents to learn from, and those to measure on, by name."""

    train: list[Document]
    dev: dict[str, list[Document]]


def _file(directory: Path, name: str) -> Path:
    """Return the treebank file of that name, packed or plain."""
    for suffix in (".conllu.xz", ".conllu"):
        path = directory / f"{name}{suffix}"
        if path.is_file():
            return path
    raise FileNotFoundError(f"no {name}.conllu or {name}.conllu.xz in {directory}")


def is_news(document: Document) -> bool:
    """Return whether a document is one of GUM's news texts."""
    return document.name.startswith("GUM_news")


def load_dev(directory: Path) -> dict[str, list[Document]]:
    """Return the dev texts: EWT, GUM, and GUM's news by itself.

    Raises:
        FileNotFoundError: A treebank file is missing.
    """
    gum = read(_file(directory, "gum-dev"))
    news = [document for document in gum if is_news(document)]
    return {"ewt": read(_file(directory, "ewt-dev")), "gum": gum, "gum-news": news}


def load(directory: Path) -> Treebanks:
    """Return the treebanks of a directory.

    Raises:
        FileNotFoundError: A treebank file is missing.
    """
    names = ("ewt-train", "gum-train")
    train = [document for name in names for document in read(_file(directory, name))]
    return Treebanks(train, load_dev(directory))


def learn_rates(settings: Settings) -> Iterator[float]:
    """Yield the learning rate of each step."""
    rise = max(1.0, WARM_UP * settings.steps)
    for step in range(settings.steps + 1):
        fall = (settings.steps - step) / max(1.0, settings.steps - rise)
        scale = min((step + 1) / rise, fall) if settings.decay else 1.0
        yield settings.learn_rate * max(scale, 0.0)


def _initialize(nlp: Language, documents: Sequence[Document], settings: Settings) -> Optimizer:
    """Set up the labels and the weights; return the optimizer."""
    rng = Random(settings.seed)  # noqa: S311 (nothing secret)
    sample = [example(nlp, group) for group in groups(documents, rng)]
    # Trees for "’s" -> "'s" exist in few of the texts as they stand, so dressed ones are shown too.
    dressed = examples(nlp, documents, settings.shares, rng)
    sample += [next(dressed) for _ in range(len(sample))]
    optimizer = Adam(
        learn_rates(settings), L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True
    )
    nlp.initialize(lambda: sample, sgd=optimizer)
    return optimizer


def measure(nlp: Language, dev: dict[str, list[Document]]) -> dict[str, Tally]:
    """Return the counts per dev treebank, from raw text by paragraph."""
    return {name: tally(nlp, paragraphs(nlp, documents)) for name, documents in dev.items()}


def goal(tallies: dict[str, Tally]) -> float:
    """Return the number by which runs and steps are compared: LAS of EWT dev and GUM news, pooled."""
    pooled = Tally()
    pooled.update(tallies["ewt"])
    pooled.update(tallies["gum-news"])
    return pooled.f1("las")


def _update(nlp: Language, optimizer: Optimizer, batch: list[object], dropout: float) -> None:
    """Learn from one batch; the parts finish together, since they share a network."""
    nlp.update(batch, drop=dropout, sgd=False)
    for _, part in nlp.pipeline:
        part.finish_update(optimizer)
    optimizer.step_schedules()


def train(
    treebanks: Treebanks, settings: Settings, keep: Callable[[Language, dict[str, Tally]], None]
) -> float:
    """Train a pipeline and hand over each version that is better than those before.

    Args:
        treebanks: The texts.
        settings: The run's settings.
        keep: Called with the pipeline, its weights averaged, and its counts whenever the goal rises.

    Returns:
        The best goal reached, percent.
    """
    fix_random_seed(settings.seed)
    nlp = build(settings.size)
    news = [document for document in treebanks.train if is_news(document)]
    documents = treebanks.train + news * (settings.news_copies - 1)
    optimizer = _initialize(nlp, documents, settings)
    rng = Random(settings.seed)  # noqa: S311 (nothing secret)
    stream = batches(examples(nlp, documents, settings.shares, rng))
    best = -1.0
    for step in range(1, settings.steps + 1):
        _update(nlp, optimizer, next(stream), settings.dropout)
        if step % settings.measure_every and step != settings.steps:
            continue
        with nlp.use_params(optimizer.averages):
            tallies = measure(nlp, treebanks.dev)
            reached = goal(tallies)
            log.info("step %d goal %.2f", step, reached)
            for name, counts in tallies.items():
                log.info("  %s %s", name, report(counts.scores()))
            if reached > best:
                best = reached
                keep(nlp, tallies)
    return best
