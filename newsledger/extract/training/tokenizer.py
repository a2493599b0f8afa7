"""The tokenizer: spaCy's English rules, and what news and the treebanks want otherwise.

Every rule here was read off the differences between spaCy's English tokenizer and the *training*
parts of UD_English-EWT and UD_English-GUM. All of it is saved with the tokenizer, so that the
trained model needs no code of ours.
"""

from typing import Any

import spacy
from spacy.lang.char_classes import ALPHA
from spacy.lang.tokenizer_exceptions import emoticons
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

#: Prefixes whose hyphen both treebanks leave unsplit ("non-profit", "mid-October"): those seen five
#: times or more in the training texts, never or hardly ever split.
AFFIXES: tuple[str, ...] = (
    "anti",
    "co",
    "counter",
    "cross",
    "e",
    "ex",
    "mid",
    "mini",
    "multi",
    "non",
    "over",
    "post",
    "pre",
    "pro",
    "re",
    "semi",
    "sub",
)
#: Abbreviations that keep their full stop and that spaCy's English lacks: the treebanks' own, and
#: the ranks, titles and addresses of news style (AP stylebook, "abbreviations and acronyms").
ABBREVIATIONS: tuple[str, ...] = (
    *("al.", "approx.", "ca.", "cf.", "ed.", "eds.", "est.", "etc.", "Etc.", "pp.", "viz."),
    *("Assn.", "Assoc.", "Ave.", "Blvd.", "Dept.", "Ft.", "Rd.", "Univ.", "Vol.", "vol."),
    *("Atty.", "Brig.", "Capt.", "Cmdr.", "Col.", "Cpl.", "Det.", "Gens.", "Govs.", "Hon."),
    *("Insp.", "Lt.", "Maj.", "Msgr.", "Pfc.", "Pvt.", "Reps.", "Sens.", "Sgt.", "Sr.", "Supt."),
    *("Drs.", "Sts.", "Tues.", "Wed.", "Thurs."),
)
#: Smileys that stay one word. The rest of spaCy's list cuts news wrongly: "(Article 8)" -> "8)",
#: "(Reuters):" -> "):".
SMILEYS = frozenset({":)", ":-)", ":(", ":-(", ";)", ";-)"})
#: Exceptions of spaCy's English that news is better off without: "Wed" and "id" are no "we'd" and
#: "I'd" there, and the treebanks split "and/or".
DROPPED: tuple[str, ...] = ("wed", "Wed", "id", "Id", "and/or")
#: Runs of one sign that are one word, as in both treebanks: "!!", "?!", "****".
RUNS: tuple[str, ...] = ("[!?]{2,}", "[*]{2,}", "[=]{2,}", "[_]{2,}", "[<]{2,}", "[>]{2,}")


#: What must not stand before a hyphen that splits; look-behinds need a fixed width, so one each.
NO_AFFIX = "".join(rf"(?<!\b(?i:{affix}))" for affix in AFFIXES)
#: Rules that come on top of spaCy's; its own rule for hyphens gives way to the first.
EXTRA_INFIXES: tuple[str, ...] = (
    rf"(?<=[{ALPHA}0-9]){NO_AFFIX}(?:--|---|-|~)(?=[{ALPHA}])",  # cease-fire, 20-point
    rf"(?<=[{ALPHA}]){NO_AFFIX}-(?=[0-9])",  # F-16
    rf"(?<=[{ALPHA}]\.)-(?=[{ALPHA}])",  # U.S.-backed
    r"(?<=\S)(?:–|——|—)(?=\S)",  # 1930–1950, the end—and, "no,”—he
    r"[,;!?)](?=[\"”’]*[–—])",  # what may stand before a dash: "no,”—he", "end)—and"
    r"(?<=[a-z]{2})\.(?=[\"”]*[–—])",
    r"[\"”](?=[–—])",
    r"(?<=[–—])[\"“‘(]",
    r"(?<=[0-9])%(?=[-–])",  # 10%-15%
    r"(?<=%)-(?=[0-9])",
    r"(?<=[0-9A-Za-z])-(?=[$£€])",  # $3-$5
    r"(?<=[-–—])[$£€]",
    r"(?<=\w)[“”](?=\w)",  # a quotation mark glued to both its neighbours
)


def _infixes(nlp: Language) -> list[str]:
    """Return spaCy's English infixes without those that split at hyphens, and ours."""
    kept = [rule for rule in nlp.Defaults.infixes if "|–|—|" not in rule]
    return [*kept, *EXTRA_INFIXES]


def _exceptions(nlp: Language) -> dict[str, list[dict[int | str, Any]]]:
    """Return spaCy's English exceptions without most smileys, and ours."""
    rules = dict(nlp.tokenizer.rules)
    for text in {*emoticons, *DROPPED} - SMILEYS:
        rules.pop(text, None)
    decades = [f"{mark}{decade}0s" for mark in "'’" for decade in range(10)]
    for text in (*ABBREVIATIONS, *decades, "[...]"):
        rules[text] = [{"ORTH": text}]
    rules["wanna"] = [{"ORTH": "wan", "NORM": "want"}, {"ORTH": "na", "NORM": "to"}]
    return rules


def blank() -> Language:
    """Return an English pipeline with our tokenizer and no component."""
    nlp = spacy.blank("en")
    # A hash sign is a word of its own before figures only ("#1"); "#science" stays whole.
    prefixes = [r"#(?![A-Za-z])" if rule == "#" else rule for rule in nlp.Defaults.prefixes]
    tokenizer = nlp.tokenizer
    tokenizer.rules = _exceptions(nlp)
    tokenizer.prefix_search = compile_prefix_regex([*RUNS, *prefixes]).search
    tokenizer.suffix_search = compile_suffix_regex([*RUNS, *nlp.Defaults.suffixes]).search
    tokenizer.infix_finditer = compile_infix_regex(_infixes(nlp)).finditer
    return nlp
