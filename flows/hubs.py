"""Subscriptions at WebSub hubs for a project's feeds: what ``serve`` keeps up beside the receiver."""

from __future__ import annotations

from datetime import datetime

from flows.project import Project
from newsledger.fetch.client import Client
from newsledger.fetch.websub.subscriber import Subscriber, Wanted
from newsledger.fetch.websub.subscriptions import Subscription, Subscriptions
from warehouse.connect import open_snapshot
from warehouse.feeds import feed_states, knows_feeds


def wanted_hubs(project: Project) -> list[Wanted]:
    """Return the project's feeds that name a hub, as the published snapshot knows them."""
    if not project.snapshot.exists():
        return []
    con = open_snapshot(project.snapshot)
    try:
        states = feed_states(con) if knows_feeds(con) else {}
    finally:
        con.close()
    found = []
    for feed in project.feeds:
        state = states.get(feed.id)
        if state is not None and state.hub and state.topic and state.retired_at is None:
            found.append(Wanted(feed.id, state.hub, state.topic))
    return found


def keep_up(project: Project, callback_base: str, now: datetime) -> list[Subscription]:
    """Subscribe, renew and leave as the project's feeds have it; return what hubs were asked about.

    Call it now and then, every few minutes, while :class:`newsledger.fetch.websub.receiver.Receiver` runs at
    ``callback_base``: hubs confirm there. Without the receiver nothing is confirmed and feeds are polled.

    Args:
        project: the project.
        callback_base: the public address of the receiver.
        now: the present instant.
    """
    store = Subscriptions(project.subscriptions)
    try:
        with Client(project.settings.fetching) as client:
            return Subscriber(store, client, callback_base).keep_up(wanted_hubs(project), now)
    finally:
        store.close()
