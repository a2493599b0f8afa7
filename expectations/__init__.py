"""What a staged batch must be before anything of it is published.

:func:`expectations.engine.audit` runs one suite per table (:mod:`expectations.documents`,
:mod:`expectations.figures`, :mod:`expectations.positions`, :mod:`expectations.attendance`) with Great
Expectations and returns a :class:`schemas.audit.Audit`. Every rule is one readable SQL query over the
batch that returns the ids it holds and why, in words a reader of the edition understands.

Importing this package imports neither Great Expectations (8 s) nor pandas nor DuckDB.
"""
