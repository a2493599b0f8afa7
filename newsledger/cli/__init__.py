"""The command line. Each command is a module that imports what is heavy only when it is called.

stdout is data, stderr is everything else; the exit codes are :class:`schemas.errors.ExitCode`.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence

from cyclopts import App, CycloptsError

from newsledger import __version__
from newsledger.cli.audit import audit_
from newsledger.cli.backfill import backfill
from newsledger.cli.codebook import check_, list_, schema_, try_
from newsledger.cli.config import config_schema, config_show, config_validate
from newsledger.cli.diff import diff
from newsledger.cli.disagree import disagree
from newsledger.cli.doctor import doctor
from newsledger.cli.explain import explain_
from newsledger.cli.export import network, statements
from newsledger.cli.extract import extract
from newsledger.cli.feeds import feeds_check, feeds_list, quarantine_, retry_
from newsledger.cli.held import (
    held_apply,
    held_correct,
    held_list,
    held_reject,
    held_release,
    held_show,
)
from newsledger.cli.ingest import ingest
from newsledger.cli.init import init
from newsledger.cli.opml import discover_, export_, import_
from newsledger.cli.run import run
from newsledger.cli.serve import serve
from newsledger.cli.show import show
from newsledger.cli.sql import sql
from newsledger.cli.status import status
from newsledger.cli.suggest import suggest_
from newsledger.cli.timeline import timeline
from schemas.errors import ExitCode, NewsledgerError

HELP = """A ledger of what the news reports: figures and positions with verbatim evidence, and what changed.

Start with `newsledger init --example`, `newsledger ingest FOLDER` (articles as files) or `newsledger
run` (the feeds of feeds.yml), then open editions/latest/index.html, or ask `newsledger diff` and
`newsledger sql`."""

EPILOGUE = """Exit codes: 0 fine; 1 unexpected; 2 wrong use or configuration; 3 a critical expectation of the
audit failed (nothing was promoted); 4 done, but some input could not be read; 5 another run holds the lock;
10 changes (with diff --exit-code); 130 interrupted."""

COMMANDS: dict[str, Callable[..., int]] = {
    "init": init,
    "ingest": ingest,
    "run": run,
    "backfill": backfill,
    "extract": extract,
    "serve": serve,
    "status": status,
    "diff": diff,
    "timeline": timeline,
    "disagree": disagree,
    "show": show,
    "audit": audit_,
    "sql": sql,
    "doctor": doctor,
}
CODEBOOK_COMMANDS: dict[str, Callable[..., int]] = {
    "list": list_,
    "check": check_,
    "test": try_,
    "explain": explain_,
    "suggest": suggest_,
    "schema": schema_,
}
FEEDS_COMMANDS: dict[str, Callable[..., int]] = {
    "list": feeds_list,
    "check": feeds_check,
    "quarantine": quarantine_,
    "retry": retry_,
    "discover": discover_,
    "import": import_,
    "export": export_,
}
HELD_COMMANDS: dict[str, Callable[..., int]] = {
    "list": held_list,
    "show": held_show,
    "release": held_release,
    "reject": held_reject,
    "correct": held_correct,
    "apply": held_apply,
}
CONFIG_COMMANDS: dict[str, Callable[..., int]] = {
    "show": config_show,
    "validate": config_validate,
    "schema": config_schema,
}
EXPORT_COMMANDS: dict[str, Callable[..., int]] = {"statements": statements, "network": network}

GROUPS: dict[str, tuple[str, dict[str, Callable[..., int]]]] = {
    "codebook": ("Check, try and list codebooks.", CODEBOOK_COMMANDS),
    "config": ("See the settings, check the files people edit.", CONFIG_COMMANDS),
    "export": ("Export positions to other tools.", EXPORT_COMMANDS),
    "feeds": ("Find feeds, check them, take them over, hand them on.", FEEDS_COMMANDS),
    "held": ("See what is held, and decide about records.", HELD_COMMANDS),
}
"""Commands of two words, with what the first one is for."""


def build_app() -> App:
    """Return the command line with every command registered."""
    app = App(
        name="newsledger",
        help=HELP,
        help_epilogue=EPILOGUE,
        version=__version__,
        result_action="return_value",
        suppress_keyboard_interrupt=False,  # run_cli tells of it; left alone it would end without a word
    )
    for name, command in COMMANDS.items():
        app.command(command, name=name)
    for name, (about, commands) in GROUPS.items():
        group = App(name=name, help=about, result_action="return_value")
        for part, command in commands.items():
            group.command(command, name=part)
        app.command(group)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run_cli(sys.argv[1:] if arguments is None else arguments))


def run_cli(arguments: Sequence[str]) -> int:
    """Return the exit code of one command line; expected errors are told in words, not tracebacks."""
    try:
        result = build_app()(list(arguments), exit_on_error=False)
    except CycloptsError:
        return ExitCode.USAGE
    except NewsledgerError as error:
        sys.stderr.write(f"error: {error}\n")
        if error.hint:
            sys.stderr.write(f"  try: {error.hint}\n")
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write(
            "interrupted: the ledger holds finished steps only\n  try: run the same command again\n"
        )
        return 128 + signal.SIGINT
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away (| head): nothing to tell it
        return ExitCode.OK
    except PermissionError as error:
        sys.stderr.write(f"error: {error.filename}: permission denied\n")
        sys.stderr.write("  try: make it writable, or name another folder with -C\n")
        return ExitCode.USAGE
    return int(result) if isinstance(result, int) else ExitCode.OK
