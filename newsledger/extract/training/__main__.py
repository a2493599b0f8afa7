"""Train the language model: ``python -m newsledger.extract.training TREEBANK_DIR --out DIR``."""

import argparse
import logging
from dataclasses import fields
from pathlib import Path
from typing import Any

from spacy.language import Language

from newsledger.extract.training.augment import Shares
from newsledger.extract.training.loop import Settings, load, train
from newsledger.extract.training.pipeline import Size
from newsledger.extract.training.save import replace
from newsledger.extract.training.score import Tally

DEFAULT = Settings()


def _parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(prog="python -m newsledger.extract.training")
    add = parser.add_argument
    add("treebanks", type=Path, help="directory with {ewt,gum}-{train,dev}.conllu[.xz]")
    add("--out", type=Path, required=True, help="directory of the model, replaced as a whole")
    for item in fields(Settings):
        if item.name not in {"size", "shares", "decay"}:
            default = getattr(DEFAULT, item.name)
            add(f"--{item.name.replace('_', '-')}", type=type(default), default=default)
    add("--decay", action=argparse.BooleanOptionalAction, default=DEFAULT.decay)
    add("--wide-state", action=argparse.BooleanOptionalAction, default=DEFAULT.size.wide_state)
    for name in ("width", "depth", "hidden", "maxout"):
        add(f"--{name}", type=int, default=getattr(DEFAULT.size, name))
    add("--rows", type=int, nargs=4, default=list(DEFAULT.size.rows))
    for name in ("typographic", "title", "upper"):
        add(f"--{name}", type=float, default=getattr(DEFAULT.shares, name), help="share, 0 to 1")
    return parser


def _settings(given: dict[str, Any]) -> Settings:
    """Return the settings of a command line."""
    size = Size(
        width=given["width"],
        depth=given["depth"],
        rows=tuple(given["rows"]),
        hidden=given["hidden"],
        maxout=given["maxout"],
        wide_state=given["wide_state"],
    )
    shares = Shares(given["typographic"], given["title"], given["upper"])
    return Settings(
        steps=given["steps"],
        seed=given["seed"],
        dropout=given["dropout"],
        learn_rate=given["learn_rate"],
        decay=given["decay"],
        news_copies=given["news_copies"],
        measure_every=given["measure_every"],
        size=size,
        shares=shares,
    )


def main(arguments: list[str] | None = None) -> None:
    """Train as the command line says, and save the best version into ``--out``."""
    given = vars(_parser().parse_args(arguments))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    treebanks = load(given["treebanks"])

    def keep(nlp: Language, tallies: dict[str, Tally]) -> None:
        """Save this version over the one before."""
        scores = {name: counts.scores() for name, counts in tallies.items()}
        replace(nlp, given["out"], scores)

    train(treebanks, _settings(given), keep)


if __name__ == "__main__":
    main()
