-- The aspect of the figure that carries a reading, the total a part belongs to, and the published value that a
-- reading restates: an earlier value still stands where today's is no change against it. NULL where the reading
-- itself stands, and for readings made before these columns were there. On which day the standing value was first
-- published is not kept here: else a change that moves to another day would revise every day that restates it.
ALTER TABLE ledger.readings ADD COLUMN aspect VARCHAR;
ALTER TABLE ledger.readings ADD COLUMN part_of VARCHAR;
ALTER TABLE ledger.readings ADD COLUMN total DOUBLE;
ALTER TABLE ledger.readings ADD COLUMN total_figure_id VARCHAR;
ALTER TABLE ledger.readings ADD COLUMN standing_value DOUBLE;
ALTER TABLE ledger.readings ADD COLUMN standing_low DOUBLE;
ALTER TABLE ledger.readings ADD COLUMN standing_high DOUBLE;
ALTER TABLE ledger.readings ADD COLUMN standing_qualifier VARCHAR;
ALTER TABLE ledger.stands ADD COLUMN standing_stance VARCHAR;

-- key: story, codebook_version, indicator, place. Places (in lower case) whose figures are not the indicator's
-- own: they lie inside its place, or around it.
CREATE TABLE ledger.apart_places (
  story VARCHAR, codebook_version VARCHAR, indicator VARCHAR, place VARCHAR, run_id VARCHAR
);

-- Readings and changes of figures that are kept apart from the indicator's reading: planned, denied or
-- hypothetical ones, those of another place, and counts over another span.
CREATE TABLE ledger.series_readings (
  day DATE, revision INTEGER, story VARCHAR, indicator VARCHAR, series VARCHAR, modality VARCHAR,
  aspect VARCHAR, place VARCHAR, value DOUBLE, value_low DOUBLE, value_high DOUBLE, qualifier VARCHAR,
  unit VARCHAR, figure_id VARCHAR, texts INTEGER, outlets INTEGER, is_disputed BOOLEAN,
  values_against DOUBLE[], tolerance DOUBLE, drop_after_days INTEGER, codebook_version VARCHAR,
  standing_value DOUBLE, standing_low DOUBLE, standing_high DOUBLE, standing_qualifier VARCHAR, run_id VARCHAR
);
CREATE TABLE ledger.series_changes (
  change_id VARCHAR, day DATE, revision INTEGER, previous_day DATE, story VARCHAR, indicator VARCHAR,
  series VARCHAR, kind VARCHAR, value_before DOUBLE, qualifier_before VARCHAR, figure_id_before VARCHAR,
  value_after DOUBLE, qualifier_after VARCHAR, figure_id_after VARCHAR, values_against DOUBLE[],
  severity DOUBLE, run_id VARCHAR
);
