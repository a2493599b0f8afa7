"""Tell subscribers what changed: ``subscriptions.yml`` says who wants what, apprise knows the ways."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from flows.project import Project
from flows.work import Work
from newsledger.publish.digest import Told, chosen, message
from schemas.errors import ConfigError
from schemas.subscriptions import Subscription, SubscriptionsFile
from schemas.yaml_file import read_yaml
from warehouse.connect import warehouse
from warehouse.editions import load_edition
from warehouse.notices import Notice, debts, note, owe, told

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class Sender(Protocol):
    """A way to somebody."""

    def __call__(self, addresses: Sequence[str], title: str, body: str) -> bool:
        """Send a message to all addresses; return whether every one took it."""
        ...


def subscriptions(project: Project) -> list[Subscription]:
    """Return the subscriptions of a project that are enabled; none without a ``subscriptions.yml``.

    Raises:
        ConfigError: the file does not hold, or names a variable that is not set.
    """
    path = project.folder / project.settings.paths.subscriptions
    if not path.exists():
        return []
    found = [one for one in read_yaml(path, SubscriptionsFile).subscriptions if one.enabled]
    return [one.model_copy(update={"to": [_filled(to, one.id) for to in one.to]}) for one in found]


def _filled(address: str, name: str) -> str:
    """Return an address with the variables of the environment put in."""

    def _value(match: re.Match[str]) -> str:
        if match[1] not in os.environ:
            raise ConfigError(
                f"subscriptions.yml: {name}: the variable {match[1]} is not set",
                hint=f"export {match[1]}=...",
            )
        return os.environ[match[1]]

    return _NAME.sub(_value, address)


def notify(work: Work, days: Sequence[date], send: Sender | None = None) -> None:
    """Tell every subscriber of the changes of these edition days that they want and were not told of.

    A way that fails is said, and the next run tries it again; the run goes on, because the edition stands.
    No address is ever shown: it may hold a secret.

    Args:
        work: the run.
        days: the days whose editions changed.
        send: the way; apprise when not given.

    Raises:
        ConfigError: the subscriptions do not hold.
    """
    wanted = subscriptions(work.project)
    if not wanted:
        return
    with warehouse(work.project.warehouse) as con:
        owed = debts(con)
    for subscription in wanted:
        for day in sorted({*days, *(day for name, day in owed if name == subscription.id)}):
            _tell(work, subscription, day, send or send_by_apprise)


def tell_failure(project: Project, why: str, send: Sender | None = None) -> None:
    """Tell those who asked for it that a run failed.

    Args:
        project: the project.
        why: the error in words.
        send: the way; apprise when not given.

    Raises:
        ConfigError: the subscriptions do not hold.
    """
    title = f"{project.settings.site.title}: a run failed"
    for subscription in subscriptions(project):
        if subscription.failures:
            (send or send_by_apprise)(subscription.to, title, f"{why}\n\nThe last edition stands.\n")


def _tell(work: Work, subscription: Subscription, day: date, send: Sender) -> None:
    with warehouse(work.project.warehouse) as con:
        edition, known = load_edition(con, day), told(con, subscription.id, day)
    news = [one for one in chosen(edition, subscription.wants) if known.get(one.change_id) != one.digest]
    if not news:
        return
    is_sent = send(subscription.to, *message(edition, news, work.project.settings.site))
    with warehouse(work.project.warehouse) as con:
        if is_sent:
            note(con, [_notice(work, subscription, day, one) for one in news])
            return
        owe(con, subscription.id, day, work.batch.run.run_id)
    work.announcer.say(
        f"{subscription.id}: {len(news)} changes of {day} could not be sent; the next run tries again"
    )


def _notice(work: Work, subscription: Subscription, day: date, one: Told) -> Notice:
    return Notice(subscription.id, day, one.change_id, one.digest, work.wall_now(), work.batch.run.run_id)


def send_by_apprise(addresses: Sequence[str], title: str, body: str) -> bool:
    """Send by apprise; return whether every address took the message."""
    import apprise  # noqa: PLC0415 - 0.5 s, and only who has subscribers needs it

    ways = apprise.Apprise()
    understood = [ways.add(address) for address in addresses]
    return all(understood) and bool(ways.notify(body, title, body_format=apprise.NotifyFormat.MARKDOWN))
