"""SQL macros about numbers as people write them: their digits, their rounding, how to say them.

They work on the digits a reader sees (``76183``, ``0.21``), because slips happen in writing, not in
arithmetic. Only the SQL that DuckDB 1.5 and 2.0 share is used.
"""

from __future__ import annotations

NUMERALS = (
    # 67183.0 -> '67183'; 0.21 -> '0.21'. Six decimals are more than news ever prints.
    """
    CREATE MACRO digits_of(v) AS
        rtrim(rtrim(printf('%.6f', abs(CAST(v AS DOUBLE))), '0'), '.')
    """,
    # 67183.0 -> '67,183', as the reason shown to readers says it.
    """
    CREATE MACRO said(v) AS CASE
        WHEN v = trunc(v) AND abs(v) < 1e15 THEN format('{:,}', CAST(v AS BIGINT))
        WHEN v < 0 THEN '-' || digits_of(v)
        ELSE digits_of(v) END
    """,
    # How many digits carry information: 67000 -> 2, 67183 -> 5, 0.21 -> 2.
    """
    CREATE MACRO significant(digits) AS
        length(rtrim(ltrim(replace(digits, '.', ''), '0'), '0'))
    """,
    # What the last digit given stands for: 67000 -> 1000, 67183 -> 1, 0.21 -> 0.01.
    """
    CREATE MACRO rounding(v) AS CASE
        WHEN v = 0 THEN 1.0
        WHEN contains(digits_of(v), '.') THEN pow(10.0, -length(split_part(digits_of(v), '.', 2)))
        ELSE pow(10.0, length(digits_of(v)) - length(rtrim(digits_of(v), '0'))) END
    """,
    # Whether two values may be one number, rounded ("more than 67,000" and 67,183). A twentieth caps it:
    # 20 and 27 differ by less than the rounding of 20, and are not the same. Whole counts are not rounded: 48
    # and 47 disagree.
    """
    CREATE MACRO agree(a, a_rounding, b, b_rounding) AS
        a = b OR (abs(a - b) < greatest(a_rounding, b_rounding)
            AND abs(a - b) <= 0.05 * greatest(abs(a), abs(b)))
    """,
    """
    CREATE MACRO agrees(a, b) AS agree(a, rounding(a), b, rounding(b))
    """,
    # How many of some values agree with one; they come counted, each with how often it was seen: on a day
    # with a thousand documents few values are different.
    """
    CREATE MACRO seconded(seen, v) AS
        coalesce(list_sum(list_transform(
            list_filter(map_entries(seen), lambda entry: agrees(entry.key, v)), lambda entry: entry.value
        )), 0)
    """,
    # The places where two strings of digits of the same length differ.
    """
    CREATE MACRO mismatches(a, b) AS
        list_filter(range(1, length(a) + 1), lambda i: substr(a, i, 1) <> substr(b, i, 1))
    """,
    # 76183 and 67183: equal but for two digits that changed places, whatever the order asked in.
    """
    CREATE MACRO exchanged(a, b) AS
        length(a) = length(b) AND len(mismatches(a, b)) = 2
        AND substr(a, mismatches(a, b)[1], 1) = substr(b, mismatches(a, b)[2], 1)
        AND substr(a, mismatches(a, b)[2], 1) = substr(b, mismatches(a, b)[1], 1)
    """,
    # 76183 and 67183 -> '13678': numbers with exchanged digits have the same.
    """
    CREATE MACRO sorted_digits(digits) AS
        array_to_string(list_sort(string_split(digits, '')), '')
    """,
    # 671183 and 67183: the longer becomes the shorter when one digit is taken out.
    """
    CREATE MACRO one_more(longer, shorter) AS
        length(longer) = length(shorter) + 1
        AND list_contains(
            list_transform(
                range(1, length(longer) + 1), lambda i: substr(longer, 1, i - 1) || substr(longer, i + 1)),
            shorter)
    """,
    # How many times the smaller the larger is.
    """
    CREATE MACRO times(a, b) AS greatest(abs(a), abs(b)) / least(abs(a), abs(b))
    """,
)
"""Statements that create the macros, in order of need."""
