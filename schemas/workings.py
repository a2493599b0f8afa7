"""The published views that say how the others came about: held, audited, decided, fetched, reprinted."""

from __future__ import annotations

from schemas.published import view

HELD = view(
    "held",
    "a record kept out of the editions by a failed expectation or a person's decision",
    """
record_kind | VARCHAR | figure, position, attendance, document or link
record_id | VARCHAR | its id
document_id | VARCHAR | its document
story | VARCHAR | its story, where it has one
expectation | VARCHAR | the expectation that failed; rejected, corrected or withdrawn where a person decided
reason | VARCHAR | why, with the values compared
evidence | VARCHAR | the words
run_id | VARCHAR | the run that held it
""",
)

AUDITS = view(
    "audits",
    "the result of one expectation in one run",
    """
run_id | VARCHAR | the run
suite | VARCHAR | documents, links, figures, positions, attendance, feeds, outlets, readings, stands, changes, editions or decisions
expectation | VARCHAR | its name
subject | VARCHAR | the column or rule it looks at
severity | VARCHAR | critical (stops the promotion), row (holds the failing rows) or warning
success | BOOLEAN | whether it held
checked | BIGINT | rows looked at
failed | BIGINT | rows that failed
sample | VARCHAR | up to five failing ids
detail | VARCHAR | what was expected
""",
)

VERSION_CHANGES = view(
    "version_changes",
    "one edit that an outlet made between two versions of an article",
    """
document_id | VARCHAR | the article
version | INTEGER | the later version; the edit is seen against version - 1
nth | INTEGER | 1, 2, ... in the order of the text
kind | VARCHAR | figure, quote, headline, text or cosmetic (punctuation, capitals, spacing, a number in words)
is_meaningful | BOOLEAN | whether a reader is told something else: every kind but cosmetic
before | VARCHAR | the words before; empty for what was added
after | VARCHAR | the words after; empty for what was taken out
before_start | INTEGER | where they start in the text of version - 1, in characters from 0; NULL for what was added
after_start | INTEGER | where they start in the text of version; NULL for what was taken out
outlet | VARCHAR | who published it
url | VARCHAR | its address
seen_at | TIMESTAMPTZ | when the later version was first seen, by a run or by the archive a run read
run_id | VARCHAR | the run that wrote the row
""",
)

DECISIONS = view(
    "decisions",
    "what a person decided about a record (corrections.yml), in force or withdrawn",
    """
decision_id | VARCHAR | stable name of the decision, made from all it says
target | VARCHAR | the id of the record
action | VARCHAR | release (it counts though an expectation held it), reject (it is kept out) or correct (a corrected copy stands for it)
field | VARCHAR | what is corrected; NULL for release and reject
value | VARCHAR | what it is corrected to
reason | VARCHAR | why
source | VARCHAR | what shows it
who | VARCHAR | who decided
decided_on | DATE | when, where it is told
expected | VARCHAR | JSON object of the values the decision expects the record to have, else it does nothing
is_in_force | BOOLEAN | whether corrections.yml still has it
status | VARCHAR | applied, idle (nothing to do), stale (what it expects is no longer there), invalid (it cannot be done) or unknown (no such record); NULL when withdrawn
detail | VARCHAR | why it is not applied
record_kind | VARCHAR | figure, position, attendance or document
document_id | VARCHAR | the record's document
before | VARCHAR | the corrected field as it was read
replaced_by | VARCHAR | the id of the corrected copy
run_id | VARCHAR | the run that took it over
""",
)

EDITIONS = view(
    "editions",
    "one revision of one published day",
    """
day | DATE | the edition day
revision | INTEGER | 1, 2, ...
is_latest | BOOLEAN | whether no later revision exists
published_at | TIMESTAMPTZ | the clock of the run that published it
run_id | VARCHAR | that run
documents | INTEGER | documents of the day
figure_changes | INTEGER | changes of figures
position_changes | INTEGER | changes of positions
disagreements | INTEGER | subjects on which the day disagrees
held | INTEGER | records held
content_sha256 | VARCHAR | digest of what the edition says; a new revision is made only when it differs
revised_because | VARCHAR | what brought this revision
""",
)

REVISIONS = view(
    "revisions",
    "what a later revision of an edition says otherwise than the one before, by indicator or by actor and issue",
    """
day | DATE | the edition day
revision | INTEGER | the revision that says it, compared with the one before
story | VARCHAR | the story
subject_kind | VARCHAR | figure or position
subject | VARCHAR | the indicator, or actor/issue
value_before | DOUBLE | the reading in the revision before; NULL when it had none
value_after | DOUBLE | the reading in this one
qualifier_before | VARCHAR | its qualifier before
qualifier_after | VARCHAR | its qualifier now
stance_before | VARCHAR | the stand in the revision before; NULL when it had none
stance_after | VARCHAR | the stand in this one
is_disputed_before | BOOLEAN | whether it was disputed
is_disputed_after | BOOLEAN | whether it is
texts_before | INTEGER | independent texts behind it before
texts_after | INTEGER | independent texts behind it now
changes_before | VARCHAR[] | the kinds of change the revision before published of it
changes_after | VARCHAR[] | the kinds this one publishes
published_at | TIMESTAMPTZ | the clock of the run that published this revision
revised_because | VARCHAR | what brought this revision
run_id | VARCHAR | that run
""",
)

OUTCOMES = view(
    "outcomes",
    "the fate of one item or file in one run: every one seen has exactly one",
    """
run_id | VARCHAR | the run
recorded_at | TIMESTAMPTZ | the run's clock
item | VARCHAR | the address, or the path as given
outlet | VARCHAR | the outlet, where known
feed_id | VARCHAR | the feed; NULL for files
outcome | VARCHAR | stored, unchanged, reprint, new version, not an article, other language, blocked by robots, failed or held
reason | VARCHAR | a short cause
detail | VARCHAR | the cause in words, with what to do
document_id | VARCHAR | the document it became or belongs to
version | INTEGER | that document's version
""",
)

FEEDS = view(
    "feeds",
    "one poll of one feed",
    """
run_id | VARCHAR | the run
feed_id | VARCHAR | the feed; with `:sitemap` behind it, the sitemap read because the feed had missed items
url | VARCHAR | the address asked
polled_at | TIMESTAMPTZ | when
status | VARCHAR | ok, unchanged or failed
reason | VARCHAR | why it failed, or what was odd
items_seen | INTEGER | entries in the feed
items_new | INTEGER | entries whose address was not known
etag | VARCHAR | validator for the next poll
last_modified | VARCHAR | validator for the next poll
body_sha256 | VARCHAR | digest of the body
detail | VARCHAR | the reason in words
is_loss | BOOLEAN | whether all entries were new though the feed was read before: some were probably missed; NULL before this was told
""",
)

REPRINTS = view(
    "reprints",
    "a document and an earlier one whose text it shares; how texts went from outlet to outlet",
    """
document_id | VARCHAR | the later document
other_id | VARCHAR | the earlier document
relation | VARCHAR | same, abridged, extended, embeds or update: what the later one is, seen from the earlier
contained | DOUBLE | share of the later one's words found in the earlier, 0 to 1
contains | DOUBLE | share of the earlier one's words found in the later, 0 to 1
is_parent | BOOLEAN | whether it is the earliest of all that the later one shares text with: the next link of the chain
origin_id | VARCHAR | the document at the end of the chain, as reprint_of in documents
origin_outlet | VARCHAR | who published that one: an agency itself before the papers that print it, else the earliest
origin_agency | VARCHAR | the agency whose text it is, by that document or else by the later one; NULL when nobody says
chain | VARCHAR[] | the documents from the next link to the origin
""",
)
