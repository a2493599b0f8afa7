"""The steps of a run as Prefect tasks, and the way every run ends."""

from __future__ import annotations

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows import polling, steps
from flows.notify import notify
from flows.report import RunReport
from flows.telling import tell_server
from flows.work import Work

read_inputs = task(name="read files", cache_policy=NO_CACHE, persist_result=False)(steps.read_inputs)
read_feeds = task(name="read feeds", cache_policy=NO_CACHE, persist_result=False)(polling.read_feeds)
identify = task(name="identify", cache_policy=NO_CACHE, persist_result=False)(steps.identify_drafts)
extract = task(name="extract", cache_policy=NO_CACHE, persist_result=False)(steps.extract_documents)
stage = task(name="stage", cache_policy=NO_CACHE, persist_result=False)(steps.stage_batch)
audit = task(name="audit", cache_policy=NO_CACHE, persist_result=False)(steps.audit_batch)
promote = task(name="promote", cache_policy=NO_CACHE, persist_result=False)(steps.promote_batch)
tell = task(name="notify", cache_policy=NO_CACHE, persist_result=False)(notify)
publish = task(name="publish", cache_policy=NO_CACHE, persist_result=False)(steps.publish_pending)


def finish(work: Work) -> RunReport:
    """Return the report of a run whose inputs are read: identify, extract, audit, promote, publish.

    What a killed run left is finished first: its staging is dropped, its editions are written.

    Raises:
        AuditBlockedError: a critical expectation failed; nothing was promoted.
        PublishError: the editions or the snapshot could not be written; the next run writes them.
    """
    steps.clear_staging(work)
    publish(work)
    identify(work)
    if steps.is_worth_promoting(work):
        extract(work)
        stage(work)
        audit(work)
        promote(work)
        publish(work)
        steps.tidy_raw(work)
    tell(work, steps.published_days(work))
    report = steps.report(work)
    tell_server(work.project, report)
    return report
