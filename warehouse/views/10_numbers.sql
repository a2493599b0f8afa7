-- What a number covers, and the day it belongs to. Source of every rule: docs/changes.md.

-- The edition day of an instant in a story's time zone; a bare day (stored as its noon in UTC) is that day.
CREATE OR REPLACE MACRO ledger.edition_day(published_at, exactness, timezone) AS
  (published_at AT TIME ZONE CASE WHEN exactness = 'day' THEN 'UTC' ELSE timezone END)::DATE;

-- Thousandths of a number as digits; a number beyond all counting has none.
CREATE OR REPLACE MACRO ledger.thousandths(v) AS
  coalesce(TRY_CAST(round(abs(v) * 1000) AS HUGEINT)::VARCHAR, '1');

-- The step to which a number looks rounded: the largest power of ten that divides it (a thousandth at
-- least), at most a tenth of it ("more than 10" does not cover 15, "more than 67,000" covers 67,183).
CREATE OR REPLACE MACRO ledger.rounding_unit(v) AS
  least(abs(v) / 10, 10e0 ** (length(regexp_extract(ledger.thousandths(v), '0*$')) - 3));

-- The macros below take the rounding step as an argument, so that it is worked out once for a number.

-- How far a number reaches to each side: an exact one that ends in two zeros covers its rounding,
-- "about" reaches as far as the codebook's tolerance or one rounding step.
CREATE OR REPLACE MACRO ledger.slack(v, qualifier, tolerance, step) AS
  CASE WHEN qualifier = 'about' THEN greatest(tolerance * abs(v), step)
       WHEN qualifier = 'exact' AND v <> 0 AND v % 1e2 = 0 THEN step / 2
       ELSE 0e0 END;

-- The interval a statement claims, for comparing statements of one day. "Nearly" is close below.
CREATE OR REPLACE MACRO ledger.claim_low(v, low, qualifier, tolerance, step) AS
  CASE WHEN qualifier IN ('exact', 'about') THEN v - ledger.slack(v, qualifier, tolerance, step)
       WHEN qualifier IN ('at_least', 'more_than') THEN coalesce(low, v)
       WHEN qualifier = 'nearly' THEN v - greatest(tolerance, 0.1e0) * abs(v)
       WHEN qualifier IN ('less_than', 'up_to') THEN '-infinity'::DOUBLE
       ELSE coalesce(low, '-infinity'::DOUBLE) END;
CREATE OR REPLACE MACRO ledger.claim_high(v, high, qualifier, tolerance, step) AS
  CASE WHEN qualifier IN ('exact', 'about') THEN v + ledger.slack(v, qualifier, tolerance, step)
       WHEN qualifier IN ('at_least', 'more_than') THEN 'infinity'::DOUBLE
       WHEN qualifier IN ('nearly', 'less_than', 'up_to') THEN coalesce(high, v)
       ELSE coalesce(high, 'infinity'::DOUBLE) END;

-- The band a reading stands for when two days are compared. Here an open end reaches one rounding step
-- only: who says "more than 67,000" would say "more than 68,000" if it were so. The step's far end is
-- outside, hence 0.999999.
CREATE OR REPLACE MACRO ledger.band_low(v, low, qualifier, tolerance, step) AS
  CASE WHEN qualifier IN ('at_least', 'more_than') THEN v
       WHEN qualifier IN ('nearly', 'less_than', 'up_to') THEN v - step * 0.999999e0
       ELSE ledger.claim_low(v, low, qualifier, tolerance, step) END;
CREATE OR REPLACE MACRO ledger.band_high(v, high, qualifier, tolerance, step) AS
  CASE WHEN qualifier IN ('at_least', 'more_than') THEN v + step * 0.999999e0
       WHEN qualifier IN ('nearly', 'less_than', 'up_to') THEN v
       ELSE ledger.claim_high(v, high, qualifier, tolerance, step) END;

-- How precise a statement is; smaller is better. A vague one is worse than any other.
CREATE OR REPLACE MACRO ledger.spread(v, low, high, qualifier, tolerance, step) AS
  CASE WHEN qualifier = 'vague' THEN 1e300
       WHEN qualifier = 'range' THEN coalesce(high - low, 1e200)
       WHEN qualifier IN ('exact', 'about') THEN ledger.slack(v, qualifier, tolerance, step)
       ELSE step END;

CREATE OR REPLACE MACRO ledger.meets(low_a, high_a, low_b, high_b) AS
  low_a <= high_b AND low_b <= high_a;

-- How far apart two values are, 0 to 1.
CREATE OR REPLACE MACRO ledger.distance(a, b) AS
  CASE WHEN a = b THEN 0e0 ELSE least(1e0, abs(a - b) / (abs(a) + abs(b))) END;

CREATE OR REPLACE MACRO ledger.change_id(the_day, story, subject, kind) AS
  'c' || substr(sha256(concat_ws('|', strftime(the_day, '%Y-%m-%d'), story, subject, kind)), 1, 15);

-- A place as it is looked up: in lower case, without an article.
CREATE OR REPLACE MACRO ledger.place_key(place) AS
  regexp_replace(lower(trim(replace(place, '’', ''''))), '^(the|a|an) ', '');
