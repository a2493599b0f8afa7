"""What the flow of news must be like: feeds that bring something, outlets that bring what they usually do.

All of it warns. A silent feed or a flood of articles is a reason to look, and no reason to hold a record.
"""

from __future__ import annotations

from expectations.rule import Rule, Severity, Suite, columns_of
from schemas.config import Auditing

FEED_COLUMNS = columns_of(
    text="feed_id status", real="days_quiet", flag="is_given_up", instant="polled_at ok_at new_at"
)
OUTLET_COLUMNS = columns_of(
    text="outlet_day outlet", whole="documents days_known days_quiet", real="usual", day="day"
)
DAYS_KNOWN = 5
"""Days with documents, of the four weeks before, from which an outlet's usual number is known."""


def feed_suite(thresholds: Auditing) -> Suite:
    """Return the rules of ``feeds``.

    Args:
        thresholds: those of the project.
    """
    sql = """
        SELECT feed_id AS id, 'nothing new for ' || CAST(floor(days_quiet) AS INTEGER) || ' days' AS reason
        FROM batch
        WHERE NOT coalesce(is_given_up, false) AND days_quiet > $stale_days
    """
    stale = thresholds.stale_days
    detail = f"each feed brought something new in the last {stale:g} days"
    rule = Rule("feed_fresh", "new_at", Severity.WARNING, detail, sql, {"stale_days": stale})
    return Suite("feeds", "feed", FEED_COLUMNS, (rule,))


def outlet_suite(thresholds: Auditing) -> Suite:
    """Return the rules of ``outlets``: one row an outlet and day.

    Args:
        thresholds: those of the project.
    """
    many = """
        SELECT outlet_day AS id, documents || ' documents, ' || CAST(usual AS INTEGER) || ' are usual' AS
        reason FROM batch WHERE documents >= $least AND days_known >= $days_known AND documents > $factor *
        usual
    """
    none = """
        SELECT outlet_day AS id, 'nothing for ' || days_quiet || ' days, '
            || CAST(usual AS INTEGER) || ' documents a day are usual' AS reason
        FROM batch
        WHERE documents = 0 AND days_known >= $days_known AND days_quiet > $stale_days
    """
    factor, least, stale = thresholds.volume_factor, thresholds.volume_least, thresholds.stale_days
    rules = (
        Rule(
            "outlet_volume",
            "documents",
            Severity.WARNING,
            f"no outlet brings over {factor:g} times what it usually does (from {least} documents a day)",
            many,
            {"least": least, "days_known": DAYS_KNOWN, "factor": factor},
        ),
        Rule(
            "outlet_fresh",
            "day",
            Severity.WARNING,
            f"each outlet that brings something on most days did so in the last {stale:g} days",
            none,
            {"days_known": DAYS_KNOWN, "stale_days": stale},
        ),
    )
    return Suite("outlets", "outlet", OUTLET_COLUMNS, rules)
