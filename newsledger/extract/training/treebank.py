"""Reading Universal Dependencies treebanks: CoNLL-U files, packed with xz or plain."""

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

#: The format numbers its ten columns from 1 (universaldependencies.org/format.html); these count
#: from 0.
ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, MISC = 0, 1, 2, 3, 4, 5, 6, 7, 9


class TreebankError(ValueError):
    """A treebank file does not follow the CoNLL-U format."""


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word.

    Attributes:
        form: The word as written.
        lemma: Its dictionary form.
        upos: Universal part of speech.
        xpos: Penn Treebank tag.
        feats: Morphological features as in the file, empty when there are none.
        head: Place of the head in the sentence, counted from 0; the word's own place for the root.
        deprel: Relation to the head; ``ROOT`` for the root, as spaCy writes it.
        space: Whether a space follows in running text.
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and whether it opens a paragraph."""

    tokens: tuple[Token, ...]
    opens_paragraph: bool


@dataclass(slots=True)
class Document:
    """One text of a treebank.

    Attributes:
        name: The ``newdoc`` id.
        sentences: Its sentences in reading order.
    """

    name: str
    sentences: list[Sentence] = field(default_factory=list)

    def paragraphs(self) -> list[list[Sentence]]:
        """Return the sentences grouped by paragraph."""
        groups: list[list[Sentence]] = []
        for sentence in self.sentences:
            if sentence.opens_paragraph or not groups:
                groups.append([])
            groups[-1].append(sentence)
        return groups


def _last_of_range(columns: list[str]) -> tuple[int, bool]:
    """Return the last word id of a multi-word token, and whether a space follows it."""
    return int(columns[ID].split("-")[1]), "SpaceAfter=No" not in columns[MISC]


def _token(columns: list[str], space: bool) -> Token:
    """Return the word of one line; its spacing was settled by the caller."""
    place, head = int(columns[ID]) - 1, int(columns[HEAD]) - 1
    form = columns[FORM].replace(" ", "\N{NO-BREAK SPACE}")
    lemma = form if columns[LEMMA] == "_" else columns[LEMMA]
    return Token(
        form=form,
        lemma=lemma,
        upos=columns[UPOS],
        xpos=columns[XPOS],
        feats="" if columns[FEATS] == "_" else columns[FEATS],
        head=place if head < 0 else head,
        deprel="ROOT" if head < 0 else columns[DEPREL],
        space=space,
    )


def _tokens(lines: Iterable[str]) -> tuple[Token, ...]:
    """Return the syntactic words of a sentence's lines.

    Inside a multi-word token there is no space; what follows it is told by the range line alone
    (its words carry no ``SpaceAfter``).
    """
    tokens: list[Token] = []
    range_end, range_space = 0, True
    for line in lines:
        columns = line.split("\t")
        if len(columns) != 10:
            raise TreebankError(f"10 columns expected, {len(columns)} found: {line!r}")
        if "-" in columns[ID]:
            range_end, range_space = _last_of_range(columns)
        elif "." not in columns[ID]:  # empty nodes belong to the enhanced graph only
            place = int(columns[ID])
            space = "SpaceAfter=No" not in columns[MISC]
            if place <= range_end:
                space = range_space if place == range_end else False
            tokens.append(_token(columns, space))
    return tuple(tokens)


def parse(lines: Iterable[str]) -> Iterator[Document]:
    """Yield the documents of a CoNLL-U file.

    Args:
        lines: The file's lines.

    Raises:
        TreebankError: A line has not ten columns, or a sentence stands before any document.
    """
    document: Document | None = None
    words: list[str] = []
    opens = False
    for raw in [*lines, ""]:
        line = raw.rstrip("\n")
        if line.startswith("# newdoc"):
            if document is not None:
                yield document
            document = Document(line.partition("=")[2].strip())
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            opens = True
        elif line and not line.startswith("#"):
            words.append(line)
        elif not line and words:
            if document is None:
                raise TreebankError(f"a sentence before any '# newdoc': {words[0]!r}")
            document.sentences.append(Sentence(_tokens(words), opens))
            words, opens = [], False
    if document is not None:
        yield document


def _open(path: Path) -> TextIO:
    """Return the file opened for reading, unpacked when its name ends in ``.xz``."""
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def read(path: Path) -> list[Document]:
    """Return the documents of a treebank file.

    Args:
        path: A ``.conllu`` or ``.conllu.xz`` file.

    Raises:
        TreebankError: The file is not CoNLL-U.
        OSError: The file cannot be read.
    """
    with _open(path) as lines:
        return list(parse(lines))
