"""The contract with SQL users: the published views, their columns, what each column means.

Columns may be added; none is renamed or removed without a major version. The warehouse writes these
texts as COMMENTs into the snapshot, ``docs/data-dictionary.md`` is generated from them, and a test
holds both against what the snapshot really has.
"""

from __future__ import annotations

from schemas.published import Macro, View, view
from schemas.workings import (
    AUDITS,
    DECISIONS,
    EDITIONS,
    FEEDS,
    HELD,
    OUTCOMES,
    REPRINTS,
    REVISIONS,
    VERSION_CHANGES,
)

_EVIDENCE = """
evidence | VARCHAR | the verbatim words
evidence_start | INTEGER | where they start in the text, in characters from 0
evidence_end | INTEGER | where they end: substr(text, evidence_start + 1, evidence_end - evidence_start) = evidence
extractor | VARCHAR | name and version of the extractor
codebook_version | VARCHAR | version and digest of the codebook
run_id | VARCHAR | the run that wrote the row
"""

DOCUMENTS = view(
    "documents",
    "one version of one article; reprints are kept and marked, never deleted",
    """
document_id | VARCHAR | stable name of the article, made from its address or file
url | VARCHAR | address as given
canonical_url | VARCHAR | the address the page calls its own, when it can be believed
outlet | VARCHAR | who published it
title | VARCHAR | headline
byline | VARCHAR | authors line
agency | VARCHAR | the wire service whose text it is (AP, Reuters, AFP ...), not one merely quoted
dateline | VARCHAR | the dateline's place as printed
language | VARCHAR | ISO 639-1 code
published_at | TIMESTAMPTZ | publication instant; NULL when unknown, never guessed
published_at_source | VARCHAR | json-ld, meta, feed, sitemap, text, file, argument or unknown
published_at_precision | VARCHAR | second, minute, day or unknown
modified_at | TIMESTAMPTZ | when the outlet says it last changed the article; NULL when it does not say
first_seen_at | TIMESTAMPTZ | when the ledger first saw the article
version | INTEGER | 1, 2, ... in the order the ledger saw them
is_latest | BOOLEAN | whether this is the newest version held
text | VARCHAR | the stored text, headline first where known
text_sha256 | VARCHAR | digest of the text in UTF-8
word_count | INTEGER | words of the text
source_path | VARCHAR | the file it came from, when it came from a file
reprint_of | VARCHAR | document_id of the earliest document with this text, or NULL
reprint_relation | VARCHAR | same, abridged, extended, embeds or update, seen from that document
stories | VARCHAR[] | the stories it belongs to
is_free | BOOLEAN | whether the page calls the article free to read; NULL where it does not say
corrections | VARCHAR[] | the outlet's own corrections of the article, each verbatim
run_id | VARCHAR | the run that wrote the row
""",
)

FIGURES = view(
    "figures",
    "one quantity as one document states it",
    """
figure_id | VARCHAR | stable name
document_id | VARCHAR | the document that states it
version | INTEGER | that document's version
story | VARCHAR | the story whose codebook was applied
indicator | VARCHAR | the codebook's indicator; NULL when it belongs to none
counted | VARCHAR | the counted noun phrase as printed
predicate | VARCHAR | what is said of the counted: killed, held, released ...
value | DOUBLE | the number as stated
value_low | DOUBLE | lower end of the interval it asserts; NULL is open
value_high | DOUBLE | upper end; NULL is open
qualifier | VARCHAR | exact, about, at_least, more_than, nearly, less_than, up_to, range or vague
unit | VARCHAR | person, count, share (0 to 1), an ISO 4217 code, an SI name, or a duration word
modality | VARCHAR | reported, planned, denied or hypothetical
aspect | VARCHAR | cumulative, period or current
attributed_to | VARCHAR | who says so
place | VARCHAR | where
as_of | DATE | the day it speaks of
as_of_source | VARCHAR | text when the document's words give the day, else document
rule | VARCHAR | what matched the indicator, or why none did
is_latest | BOOLEAN | whether the document's version is its newest
is_held | BOOLEAN | whether an expectation keeps it out of the editions
slip | VARCHAR | why its number looks like a slip of the pen in its own text, as "kind: reason"; NULL when nothing does
"""
    + _EVIDENCE,
)

POSITIONS = view(
    "positions",
    "one actor's stance on one issue as one document states it (a statement of Discourse Network Analysis)",
    """
position_id | VARCHAR | stable name
document_id | VARCHAR | the document that states it
version | INTEGER | that document's version
story | VARCHAR | the story whose codebook was applied
issue | VARCHAR | the codebook's issue
actor | VARCHAR | the codebook key of whose stance it is
speaker | VARCHAR | who spoke for the actor: a codebook key, or the name as printed
stance | VARCHAR | supports, opposes or conditional
act | VARCHAR | PLOVER 2021 class: agree, reject, request, threaten, accuse, support ...
act_doubt | VARCHAR | the class a model trained apart from the rules is sure of where it excludes act; NULL elsewhere
condition | VARCHAR | the verbatim condition of a conditional stance
said_on | DATE | the day it was said, where the text tells
rule | VARCHAR | which cue and which words of the issue matched
is_latest | BOOLEAN | whether the document's version is its newest
is_held | BOOLEAN | whether an expectation keeps it out of the editions
"""
    + _EVIDENCE,
)

READINGS = view(
    "readings",
    "the value of an indicator on a day, decided from all that day's figures",
    """
day | DATE | the edition day
story | VARCHAR | the story
indicator | VARCHAR | the codebook's indicator
value | DOUBLE | the value read
value_low | DOUBLE | lower end of what it asserts; NULL is open
value_high | DOUBLE | upper end; NULL is open
qualifier | VARCHAR | its qualifier
unit | VARCHAR | the indicator's unit
figure_id | VARCHAR | the figure that carries the reading
texts | INTEGER | independent texts compatible with it
outlets | INTEGER | outlets compatible with it
is_disputed | BOOLEAN | whether incompatible figures of the same day stand against it
standing_day | DATE | the day of the last change: the reading of that day stands, this one restates it
standing_value | DOUBLE | the value that stands; applying figure_changes day by day gives it
part_of | VARCHAR | the indicator of which it counts a part
total | DOUBLE | what it is a part of: the total its own text gives, else the day's reading of part_of
total_figure_id | VARCHAR | the figure that states the total
revision | INTEGER | the edition's revision
run_id | VARCHAR | the run that wrote the row
""",
)

STANDS = view(
    "stands",
    "an actor's stance on an issue on a day",
    """
day | DATE | the edition day
story | VARCHAR | the story
actor | VARCHAR | the codebook's actor
issue | VARCHAR | the codebook's issue
stance | VARCHAR | supports, opposes or conditional
condition | VARCHAR | the condition, verbatim, of a conditional stance
position_id | VARCHAR | the position that carries the stand
texts | INTEGER | independent texts behind it
outlets | INTEGER | outlets behind it
is_disputed | BOOLEAN | whether another stance of the same day stands against it
standing_day | DATE | the day of the last change: the stand of that day stands, this one reaffirms it
standing_stance | VARCHAR | the stance that stands; applying position_changes day by day gives it
revision | INTEGER | the edition's revision
run_id | VARCHAR | the run that wrote the row
""",
)

FIGURE_CHANGES = view(
    "figure_changes",
    "a difference between the readings of two days",
    """
change_id | VARCHAR | stable name, the anchor of the change on its page
day | DATE | the edition day
previous_day | DATE | the day of the value before: of the last change, for it stood since; of a drop, the last report
story | VARCHAR | the story
indicator | VARCHAR | the codebook's indicator
kind | VARCHAR | new, rise, fall, refined, corrected, disputed, settled or dropped
value_before | DOUBLE | the value before
qualifier_before | VARCHAR | its qualifier
figure_id_before | VARCHAR | the figure that carried it
value_after | DOUBLE | the value after
qualifier_after | VARCHAR | its qualifier
figure_id_after | VARCHAR | the figure that carries it
values_against | DOUBLE[] | incompatible values of the day, strongest first
severity | DOUBLE | 0 to 1, by the formula of docs/changes.md
revision | INTEGER | the edition's revision
run_id | VARCHAR | the run that wrote the row
""",
)

POSITION_CHANGES = view(
    "position_changes",
    "a difference between the stands of two days",
    """
change_id | VARCHAR | stable name, the anchor of the change on its page
day | DATE | the edition day
previous_day | DATE | the day of the stance before: of the last change, for it stood since
story | VARCHAR | the story
actor | VARCHAR | the codebook's actor
issue | VARCHAR | the codebook's issue
kind | VARCHAR | new, shifted, conditioned, unconditioned, disputed or settled
stance_before | VARCHAR | the stance before
position_id_before | VARCHAR | the position that carried it
stance_after | VARCHAR | the stance after
condition_after | VARCHAR | its condition, verbatim
position_id_after | VARCHAR | the position that carries it
severity | DOUBLE | 0 to 1, by the formula of docs/changes.md
revision | INTEGER | the edition's revision
run_id | VARCHAR | the run that wrote the row
""",
)

DISAGREEMENTS = view(
    "disagreements",
    "one side of a disagreement: a figure or position incompatible with the day's reading or stand",
    """
day | DATE | the edition day
story | VARCHAR | the story
subject_kind | VARCHAR | figure or position
subject | VARCHAR | the indicator, or actor/issue
outlet | VARCHAR | who reports it
document_id | VARCHAR | the document
record_id | VARCHAR | the figure or position
value | DOUBLE | the figure's value
stance | VARCHAR | the position's stance
reading_value | DOUBLE | the value it stands against
stand_stance | VARCHAR | the stance it stands against
revision | INTEGER | the edition's revision
run_id | VARCHAR | the run that wrote the row
""",
)

SERIES_READINGS = view(
    "series_readings",
    "the value, on a day, of figures kept apart from their indicator's reading: planned, denied or hypothetical ones, "
    "those of another place, counts over another span",
    """
day | DATE | the edition day
story | VARCHAR | the story
indicator | VARCHAR | the codebook's indicator
series | VARCHAR | what keeps it apart: planned, denied, hypothetical, a place ("in rafah"), period, cumulative, or several
modality | VARCHAR | reported, planned, denied or hypothetical
aspect | VARCHAR | cumulative, period or current
place | VARCHAR | the place in lower case, when it is another than the indicator's
value | DOUBLE | the value read
value_low | DOUBLE | lower end of what it asserts; NULL is open
value_high | DOUBLE | upper end; NULL is open
qualifier | VARCHAR | its qualifier
unit | VARCHAR | the indicator's unit
figure_id | VARCHAR | the figure that carries it
texts | INTEGER | independent texts compatible with it
outlets | INTEGER | outlets compatible with it
is_disputed | BOOLEAN | whether incompatible figures of the same series and day stand against it
values_against | DOUBLE[] | those values, strongest first
standing_day | DATE | the day of the last change
standing_value | DOUBLE | the value that stands
revision | INTEGER | the edition's revision
run_id | VARCHAR | the run that wrote the row
""",
)

SERIES_CHANGES = view(
    "series_changes",
    "a difference between two days' readings of one series that is kept apart; editions do not list it",
    """
change_id | VARCHAR | stable name
day | DATE | the edition day
previous_day | DATE | the day of the value before
story | VARCHAR | the story
indicator | VARCHAR | the codebook's indicator
series | VARCHAR | what keeps it apart, as in series_readings
kind | VARCHAR | new, rise, fall, refined, disputed, settled or dropped
value_before | DOUBLE | the value before
qualifier_before | VARCHAR | its qualifier
figure_id_before | VARCHAR | the figure that carried it
value_after | DOUBLE | the value after
qualifier_after | VARCHAR | its qualifier
figure_id_after | VARCHAR | the figure that carries it
values_against | DOUBLE[] | incompatible values of the day, strongest first
severity | DOUBLE | 0 to 1, by the formula of docs/changes.md
revision | INTEGER | the edition's revision
run_id | VARCHAR | the run that wrote the row
""",
)

ATTENDANCE = view(
    "attendance",
    "who takes part where, as one document states it",
    """
attendance_id | VARCHAR | stable name
document_id | VARCHAR | the document that states it
version | INTEGER | that document's version
story | VARCHAR | the story whose codebook was applied
actor | VARCHAR | codebook key of the participant; NULL for a name the codebook does not know
name | VARCHAR | the participant as printed
role | VARCHAR | the role as printed
delegation | VARCHAR | the side
status | VARCHAR | expected, confirmed, arrived, left or absent
place | VARCHAR | where
as_of | DATE | the day it speaks of
"""
    + _EVIDENCE,
)

VIEWS: tuple[View, ...] = (
    DOCUMENTS,
    FIGURES,
    POSITIONS,
    READINGS,
    STANDS,
    FIGURE_CHANGES,
    POSITION_CHANGES,
    DISAGREEMENTS,
    SERIES_READINGS,
    SERIES_CHANGES,
    ATTENDANCE,
    HELD,
    AUDITS,
    VERSION_CHANGES,
    DECISIONS,
    EDITIONS,
    REVISIONS,
    OUTCOMES,
    FEEDS,
    REPRINTS,
)
"""Every published view, in the order of the dictionary."""


MACROS: tuple[Macro, ...] = (
    Macro("known_at(instant)", "the number of the last promotion at an instant; 0 before the first"),
    Macro("known_by(run_id)", "the number of the promotion that ended a run"),
    Macro("editions_known(number)", "the editions, each in the revision that stood after that promotion"),
    Macro("readings_known(number)", "the readings as they stood then, with the columns of readings"),
    Macro("stands_known(number)", "the stands as they stood then, with the columns of stands"),
    Macro("figure_changes_known(number)", "the changes of readings as published then"),
    Macro("position_changes_known(number)", "the changes of stands as published then"),
    Macro("disagreements_known(number)", "the disagreements as published then"),
)
"""Every function of the snapshot, in the order of the dictionary."""
