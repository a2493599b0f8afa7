"""Where the verbs of a sentence stand: groups of auxiliaries, negations and a main verb."""

from __future__ import annotations

from collections.abc import Iterator

from newsledger.extract.language.auxiliaries import AUXILIARIES
from newsledger.extract.language.inflect import verb_table
from newsledger.extract.language.mistagged import BARE_IN_ED, ONLY_VERBS, PRONOMINAL, VERBS_LIKE_NOUNS
from newsledger.extract.language.tokens import Span, Token

NEGATIONS = frozenset(["not", "n't", "n’t", "never", "neither", "nor", "nobody", "hardly", "scarcely"])
QUOTES = frozenset("“”\"«»‘’'")
_NAMING = verb_table("call brand label dub describe deem term denounce condemn dismiss slam hail")
_HEADS = ("NN", "NNS", "NNP", "NNPS", "PRP")


def _is_present_form(token: Token) -> bool:
    """Return whether a "plural" between a noun and a determiner is a verb ("the ministry backs the plan")."""
    if token.tag_ != "NNS" or token.lower_ not in VERBS_LIKE_NOUNS or token.i + 1 >= token.sent.end:
        return False
    return (
        token.i > token.sent.start and token.nbor(-1).tag_ in _HEADS and token.nbor(1).tag_ in ("DT", "PRP$")
    )


def _is_object_called(token: Token) -> bool:
    """Return whether a "verb" is the noun that is called something ("called the flights “a stain”")."""
    if token.tag_ not in ("VBZ", "VBD", "VBP", "VB") or token.i + 1 >= token.sent.end:
        return False
    if (
        not token.nbor(1).is_quote
        or token.i == token.sent.start
        or token.nbor(-1).tag_ not in ("NN", "DT", "JJ")
    ):
        return False
    return any(t.lower_ in _NAMING for t in token.doc[max(token.sent.start, token.i - 7) : token.i])


def is_past_form(token: Token) -> bool:
    """Return whether a word the tagger mistakes is a past form ("The commission vetoed the merger")."""
    is_mistaken = token.tag_ in ("NNS", "JJ", "IN", "NN") or (token.tag_ == "VBN" and token.dep_ == "case")
    if not token.lower_.endswith("ed") or not is_mistaken:
        return False
    if token.i == token.sent.start or token.i + 1 >= token.sent.end or token.lower_ in BARE_IN_ED:
        return False
    if token.lower_ in ("provided", "compared", "based", "limited"):
        return False
    is_object = token.nbor(1).tag_ in ("DT", "PRP$") or (
        token.lower_ in ("opposed", "vetoed") and token.nbor(1).tag_ in ("NN", "NNS", "NNP", "JJ", "VBG")
    )
    if is_object and token.nbor(-1).lower_ in ("longer", "again", "also"):
        return True
    return is_object and token.nbor(-1).tag_ in ("NN", "NNS", "NNP", "NNPS", "PRP")


def verb_groups(sentence: Span) -> Iterator[list[Token]]:
    """Yield verb groups: auxiliaries, negations and adverbs up to and with the main verb."""
    group: list[Token] = []
    pending: list[Token] = []
    for token in sentence:
        if is_verbal(token):
            if group and not _continues(group, token):
                yield group
                group, pending = [], []
            group += [*pending, token] if group else [*_leading(pending), token]
            pending = []
        elif (
            token.lower_ in NEGATIONS
            or token.tag_ in ("RB", "TO", "RBR")
            or token.lower_ == "to"
            or is_no_longer(token)
        ):
            if token.tag_ == "TO" and group and not _keeps_to(group):
                yield group
                group = []
            pending.append(token)
        elif token.text in QUOTES and (pending or (group and group[-1].lower_ in AUXILIARIES)):
            continue  # would “absolutely not” accept
        else:
            if group:
                yield [*group, *[t for t in pending if t.lower_ in NEGATIONS and t.i == group[-1].i + 1]]
            group, pending = [], []
    if group:
        yield group


def is_no_longer(token: Token) -> bool:
    """Return whether "no" belongs to "no longer"."""
    if token.lower_ != "no" or token.i + 1 >= len(token.doc):
        return False
    return bool(token.nbor(1).lower_ == "longer")


def is_verbal(token: Token) -> bool:
    """Return whether a token is a verb and no participle or noun the tagger takes for one."""
    if token.lower_ in ONLY_VERBS and not token.tag_.startswith("NNP"):
        return True
    if token.lower_ in ("provided", "providing") and token.doc[token.i : token.i + 2].text.endswith(" that"):
        return False  # opens a condition
    if is_past_form(token) or _is_present_form(token) or _is_object_called(token):
        return not _is_object_called(token)
    if token.tag_ == "VB" and token.lower_.endswith("ed") and token.lower_ not in BARE_IN_ED:
        return False  # "came round to automated cranes"
    if token.tag_ in ("VB", "VBP") and token.dep_ in ("amod", "compound"):
        return False
    if token.tag_ in ("VB", "VBP") and token.i > token.sent.start and token.lower_ not in AUXILIARIES:
        before = token.nbor(-1)
        is_noun_place = before.tag_ in ("DT", "PRP$", "JJ", "JJR", "POS") and before.lower_ not in PRONOMINAL
        if is_noun_place and before.dep_ in ("det", "amod", "nmod:poss", "case", "compound", "advmod"):
            return False
    if token.tag_.startswith("VB") or token.tag_ == "MD":
        return not (token.tag_ in ("VBN", "VBG") and _is_premodifier(token))
    return False


def _is_premodifier(token: Token) -> bool:
    """Return whether a participle stands before its noun ("the remaining hostages")."""
    if token.dep_ in ("amod", "compound", "case") or token.lower_ == "including":
        return True
    before = token.nbor(-1) if token.i > token.sent.start else None
    after = token.nbor(1) if token.i + 1 < token.sent.end else None
    is_inside = before is not None and (before.tag_ in ("DT", "PRP$", "POS", "JJ") or before.text == "-")
    return is_inside and after is not None and after.tag_ in ("NN", "NNS", "JJ", "NNP", "VBG")


def _leading(pending: list[Token]) -> list[Token]:
    """Return what of the words before a first verb belongs to it: "to", negations, adverbs between."""
    for at, token in enumerate(pending):
        if token.lower_ in NEGATIONS or token.tag_ == "TO" or is_no_longer(token):
            return pending[at:]
    return []


def _continues(group: list[Token], token: Token) -> bool:
    last = next((t for t in reversed(group) if is_verbal(t)), group[-1])
    if last.lower_ not in AUXILIARIES or token.tag_ == "MD":
        return False
    if last.lower_ in ("need", "dare") and token.tag_ != "VB":
        return False
    return not (last.lower_ in ("have", "has", "had") and token.tag_ == "VB")


def _keeps_to(group: list[Token]) -> bool:
    return group[-1].lower_ in ("ought",)
