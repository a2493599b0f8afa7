-- The day's figures by series. A count over another span than the indicator's (one day's dead beside a toll
-- since a start) speaks for the indicator only where it agrees with a count of the indicator's own span, or
-- cannot be one of a shorter span (a day's dead above the toll). Else it is a series of its own: 12 killed on
-- Monday says nothing against 67,183 killed so far. Without an own count on the day the value that stands is
-- asked. A period is known where the text dates a figure that counts one: Monday's dead and Tuesday's do not
-- contradict each other. is_mute: it supports, but carries a reading only when nothing better is there. A text
-- that gives a number means that one by its "dozens": the vague word says nothing of its own.
WITH own AS (
  SELECT DISTINCT story, indicator, apart, band_low, band_high FROM day_figures WHERE NOT is_other_span
),
beside AS (
  SELECT story, indicator, apart, band_low, band_high, true AS is_own FROM own
  UNION ALL
  SELECT p.story, p.indicator, p.series, p.band_low, p.band_high, false
  FROM day_previous_readings p JOIN (SELECT DISTINCT story, indicator, indicator_aspect FROM day_figures) i
    USING (story, indicator)
  ANTI JOIN own o ON o.story = p.story AND o.indicator = p.indicator AND o.apart = p.series
  WHERE (p.aspect = 'cumulative') = (i.indicator_aspect = 'cumulative')
),
compared AS (
  SELECT f.figure_id, bool_or(o.is_own) AS has_own,
    NOT bool_or(ledger.meets(f.band_low, f.band_high, o.band_low, o.band_high))
      AND CASE WHEN any_value(f.indicator_aspect) = 'cumulative' THEN bool_or(f.band_high < o.band_low)
               ELSE bool_or(f.band_low > o.band_high) END AS is_apart
  FROM day_figures f JOIN beside o USING (story, indicator, apart)
  WHERE f.is_other_span AND f.modality = 'reported'
  GROUP BY f.figure_id
),
named AS (
  SELECT f.*,
    CASE WHEN c.is_apart THEN concat_ws(', ', nullif(f.apart, ''), f.aspect) ELSE f.apart END AS series,
    coalesce(c.has_own AND NOT c.is_apart, false) AS is_second
  FROM day_figures f LEFT JOIN compared c USING (figure_id)
)
SELECT *,
  CASE WHEN as_of_source = 'text' AND aspect = 'period' AND NOT is_second
         AND (indicator_aspect = 'period' OR series <> apart) THEN speaks_of END AS period,
  is_second OR (qualifier = 'vague' AND count(*) FILTER (qualifier <> 'vague' AND NOT is_second)
                  OVER (PARTITION BY story, indicator, series) > 0) AS is_mute
FROM named
QUALIFY NOT (qualifier = 'vague' AND count(*) FILTER (qualifier <> 'vague' AND NOT is_second)
               OVER (PARTITION BY story, indicator, series, document_id) > 0)
