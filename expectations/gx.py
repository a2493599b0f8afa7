"""The only module that imports Great Expectations: it takes 8 s, so :mod:`expectations.engine` waits.

Great Expectations' SQL engine cannot read DuckDB results, and its row queries know no pandas engine,
so one custom expectation runs a rule's SQL in DuckDB over the pandas batch.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

import duckdb
import great_expectations as gx
import pandas as pd
import pyarrow as pa
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.validator.metric_configuration import MetricConfiguration

from expectations.rule import Rule, Severity, Suite
from schemas.errors import NewsledgerError

ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "whole": pa.int64(),
    "real": pa.float64(),
    "reals": pa.list_(pa.float64()),
    "flag": pa.bool_(),
    "day": pa.date32(),
    "instant": pa.timestamp("us", tz="UTC"),
}
"""Arrow types of :data:`expectations.rule.COLUMN_TYPES`. A column of nothing but nulls tells no type, so
the suite tells it, and a rule means the same on every batch."""

GX_SEVERITY = {Severity.CRITICAL: "critical", Severity.ROW: "warning", Severity.WARNING: "info"}
"""What Great Expectations calls our severities, for those who read its own results."""


class _Connections(ExitStack):
    """The suite of a running validation and its connections, closed at its end.

    Great Expectations keeps metric values as long as the process lives, and a connection alive at its
    end is complained of, so a metric's value is only the place of the connection in this list. And it copies
    everything an expectation holds dozens of times, so an expectation holds the name of its rule alone.
    """

    def __init__(self, suite: Suite) -> None:
        super().__init__()
        self.suite = suite
        self.rules = {rule.name: rule for rule in suite.rules}
        self.opened: list[duckdb.DuckDBPyConnection] = []


_OPEN: ContextVar[_Connections] = ContextVar("connections of the running validation")


class PreparedBatch(TableMetricProvider):  # type: ignore[misc]
    """The place of a DuckDB connection that has the typed batch and what the suite's prelude made of it.

    Great Expectations computes a metric once per validation, so all rules of a suite share it.
    """

    metric_name = "table.prepared_batch"
    value_keys = ("suite",)

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # noqa: N805 - the decorator makes it a class method
        execution_engine: PandasExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        **_: object,
    ) -> int:
        frame, _domain, _accessor = execution_engine.get_compute_domain(
            metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE
        )
        connections = _OPEN.get()
        suite = connections.suite
        opened = connections.enter_context(prepared(frame, list(suite.prelude), dict(suite.columns)))
        connections.opened.append(opened)
        return len(connections.opened) - 1


class BrokenRows(TableMetricProvider):  # type: ignore[misc]
    """The rows of a batch that break a rule, as ``[{"id": ..., "reason": ...}]``, ordered, each once."""

    metric_name = "table.broken_rows"
    value_keys = ("suite", "rule")

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # noqa: N805
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],
        **_: object,
    ) -> list[dict[str, str]]:
        running = _OPEN.get()
        rule = running.rules[metric_value_kwargs["rule"]]
        query = f"SELECT DISTINCT id, reason FROM ({rule.sql}) ORDER BY id, reason"  # noqa: S608
        connection = running.opened[metrics["table.prepared_batch"]]
        rows = connection.execute(query, dict(rule.parameters)).fetchall()
        return [{"id": str(row[0]), "reason": str(row[1])} for row in rows]

    @classmethod
    def _get_evaluation_dependencies(
        cls,
        metric: MetricConfiguration,
        **_: object,
    ) -> dict[str, MetricConfiguration]:
        values = {key: metric.metric_value_kwargs[key] for key in PreparedBatch.value_keys}
        prepared_batch = MetricConfiguration("table.prepared_batch", metric.metric_domain_kwargs, values)
        return {"table.prepared_batch": prepared_batch}


class ExpectNoRowsFromDuckDB(BatchExpectation):  # type: ignore[misc]
    """Expect that a rule's query over the batch returns no row.

    Attributes:
        suite: the suite's name.
        rule: the name of one of its rules.
    """

    suite: str
    rule: str

    metric_dependencies: ClassVar[tuple[str, ...]] = ("table.broken_rows", "table.row_count")
    success_keys: ClassVar[tuple[str, ...]] = ("suite", "rule")
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: PandasExecutionEngine | None = None,
    ) -> dict[str, Any]:
        rows, checked = metrics["table.broken_rows"], metrics["table.row_count"]
        failed = len({row["id"] for row in rows})
        return {
            "success": not rows,
            "result": {
                "observed_value": f"{failed} of {checked} rows",
                "element_count": checked,
                "unexpected_count": failed,
                "unexpected_percent": 100 * failed / checked if checked else 0.0,
                "unexpected_index_list": rows,
            },
        }


@contextmanager
def prepared(
    frame: pd.DataFrame, prelude: list[str], columns: dict[str, str]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection that has the frame's columns as the view ``batch`` and has run the prelude."""
    schema = pa.schema([(name, ARROW_TYPES[kind]) for name, kind in columns.items()])
    table = pa.Table.from_pandas(frame[list(columns)], schema=schema, preserve_index=False)
    with closing(duckdb.connect()) as connection:
        connection.register("batch", table)
        for statement in prelude:
            connection.execute(statement).fetchall()
        yield connection
        connection.unregister("batch")


def validate(suite: Suite, frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return what each rule of a suite found in a frame, by the rule's name.

    The values are Great Expectations' result dictionaries (``element_count``, ``unexpected_count``,
    ``unexpected_index_list``: rows with ``id`` and ``reason``).

    Raises:
        NewsledgerError: a rule could not be run.
    """
    context = _context()
    batch = (
        context.data_sources.add_or_update_pandas("staged")
        .add_dataframe_asset(suite.table)
        .add_batch_definition_whole_dataframe("delta")
        .get_batch(batch_parameters={"dataframe": frame})
    )
    expectations = [_expectation(suite, rule) for rule in suite.rules]
    with _Connections(suite) as connections:
        token = _OPEN.set(connections)
        try:
            result = batch.validate(gx.ExpectationSuite(name=suite.table, expectations=expectations))
        finally:
            _OPEN.reset(token)
    return {r.expectation_config.meta["rule"]: _result_of(suite, r) for r in result.results}


def _context() -> gx.data_context.EphemeralDataContext:
    """Return a context that writes nothing, sends nothing and prints nothing."""
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )
    return gx.get_context(mode="ephemeral", project_config=config)


def _expectation(suite: Suite, rule: Rule) -> ExpectNoRowsFromDuckDB:
    return ExpectNoRowsFromDuckDB(
        suite=suite.table,
        rule=rule.name,
        severity=GX_SEVERITY[rule.severity],
        meta={"rule": rule.name},
    )


def _result_of(suite: Suite, result: ExpectationValidationResult) -> dict[str, Any]:
    """Return one result's dictionary; Great Expectations keeps a rule's exception in it, we raise it."""
    info = result.exception_info or {}
    for entry in [info, *(e for e in info.values() if isinstance(e, dict))]:
        if entry.get("raised_exception"):
            name = result.expectation_config.meta["rule"]
            raise NewsledgerError(
                f"the audit could not run {suite.table}.{name}: {entry.get('exception_message')}",
                hint="run `newsledger doctor`, and report this",
            )
    return dict(result.result)
