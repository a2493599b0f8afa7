"""Saving a trained pipeline: what use needs and nothing else, put in place in one move."""

import json
import shutil
from pathlib import Path

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language

from newsledger.extract.training.score import RELATIONS
from newsledger.extract.training.tokenizer import blank

#: Files of a pipeline directory that are kept when the model is replaced.
KEPT = ("LICENSE-NOTE.md",)
#: Config sections that only training reads; spaCy fills them with its defaults when it loads.
TRAINING_SECTIONS = ("training", "corpora", "pretraining", "initialize")

#: Files of an empty vector table, which spaCy does without.
EMPTY_FILES = ("key2row", "lookups.bin", "vectors", "vectors.cfg")
#: The oldest spaCy the project allows (pyproject.toml), and the first whose models may differ.
SPACY_RANGE = ">=3.8.7,<3.9.0"
#: Scores kept in the model's description.
PERFORMANCE = frozenset({"token", "sentence", "xpos", "upos", "feats", "lemma", "uas", "las", *RELATIONS})

NAME, VERSION = "newsledger_ud", "1.0.0"
DESCRIPTION = "Tagger, morphologizer, lemmatizer and UD parser for English news."
LICENCE = "CC BY-SA 4.0"
SOURCES = (
    {"name": "UD_English-EWT", "license": "CC BY-SA 4.0"},
    {"name": "UD_English-GUM (texts under CC BY and CC BY-SA)", "license": "CC BY 4.0"},
)


def _describe(nlp: Language, performance: dict[str, dict[str, float]]) -> None:
    """Fill in the pipeline's own description."""
    nlp.meta.update(
        name=NAME,
        version=VERSION,
        description=DESCRIPTION,
        license=LICENCE,
        sources=list(SOURCES),
        performance={
            bank: {name: score for name, score in scores.items() if name in PERFORMANCE}
            for bank, scores in performance.items()
        },
    )


def _strip_config(path: Path) -> None:
    """Take the sections that only training reads out of a saved config."""
    config = spacy.util.load_config(path, interpolate=True)
    for section in TRAINING_SECTIONS:
        config.pop(section, None)
    config.pop("paths", None)
    config.pop("system", None)
    config.to_disk(path)


def _strip_meta(path: Path) -> None:
    """Take the label lists, which the parts hold themselves, out of a saved meta."""
    meta = json.loads(path.read_text(encoding="utf-8"))
    for key in ("labels", "author", "email", "url", "spacy_git_version"):
        meta.pop(key, None)
    meta["spacy_version"] = SPACY_RANGE
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _tree_strings(nlp: Language) -> set[str]:
    """Return the strings that the lemmatizer's edit trees cut off and put on."""
    trees = srsly.msgpack_loads(nlp.get_pipe("trainable_lemmatizer").trees.to_bytes())["trees"]
    ids = {node[key] for node in trees for key in ("orig", "subst") if key in node}
    return {nlp.vocab.strings[number] for number in ids if number}


def _needed_strings(nlp: Language) -> set[str]:
    """Return the strings the parts refer to; the words of the training texts are not among them."""
    needed = set(blank().vocab.strings) | _tree_strings(nlp)
    for name in nlp.pipe_names:
        for label in getattr(nlp.get_pipe(name), "labels", ()):
            text = str(label)  # the lemmatizer's labels are numbers of trees
            needed |= {text, *text.split("|"), *text.replace("|", "=").split("=")}
    return {text for text in needed if text in nlp.vocab.strings}


def _strip_vocab(nlp: Language, directory: Path) -> None:
    """Leave the strings the parts refer to in a saved vocabulary, and no vectors."""
    for name in EMPTY_FILES:
        (directory / name).unlink(missing_ok=True)
    strings = json.dumps(sorted(_needed_strings(nlp)), ensure_ascii=False, indent=0)
    (directory / "strings.json").write_text(strings + "\n", encoding="utf-8")


def write(nlp: Language, directory: Path, performance: dict[str, dict[str, float]]) -> None:
    """Save a pipeline into a directory that does not exist yet.

    Args:
        nlp: The trained pipeline.
        directory: Where to.
        performance: Scores in percent, by treebank and name.
    """
    _describe(nlp, performance)
    nlp.to_disk(directory)
    _strip_config(directory / "config.cfg")
    _strip_meta(directory / "meta.json")
    _strip_vocab(nlp, directory / "vocab")


def replace(nlp: Language, out: Path, performance: dict[str, dict[str, float]]) -> None:
    """Put a pipeline in the place of the one in a directory; nobody sees half of one.

    Args:
        nlp: The trained pipeline.
        out: The directory; its licence note stays.
        performance: Scores in percent, by treebank and name.
    """
    new, old = out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")
    for left_over in (new, old):
        shutil.rmtree(left_over, ignore_errors=True)
    write(nlp, new, performance)
    for name in KEPT:
        if (out / name).is_file():
            shutil.copy2(out / name, new / name)
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)
