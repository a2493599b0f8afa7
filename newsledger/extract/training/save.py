"""Saving a trained pipeline: what use needs and nothing else, put in place in one move."""

import json
import shutil
from pathlib import Path

import spacy
from spacy.language import Language

#: Files of a pipeline directory that are kept when the model is replaced.
KEPT = ("LICENSE-NOTE.md",)
#: Config sections that only training reads; spaCy fills them with its defaults when it loads.
TRAINING_SECTIONS = ("training", "corpora", "pretraining", "initialize")

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
        performance=performance,
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
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


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
