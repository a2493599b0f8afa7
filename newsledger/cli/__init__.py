"""The command line. Each command lives in a module of its own, imported only when it is called.

stdout is data, stderr is everything else; the exit codes are :class:`schemas.errors.ExitCode`.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from newsledger import __version__
from schemas.errors import ExitCode, NewsledgerError

HELP = """A ledger of what the news reports: figures and positions with verbatim evidence, and what changed.

Start with `newsledger ingest FOLDER` (articles as files) or `newsledger run` (the feeds of feeds.yml),
then open editions/latest/index.html, or ask `newsledger diff` and `newsledger sql`."""

EPILOGUE = """Exit codes: 0 fine; 1 unexpected; 2 wrong use or configuration; 3 the audit stopped the
promotion; 4 done, but some input could not be read; 5 another run holds the lock; 10 changes (with
diff --exit-code); 130 interrupted."""

COMMANDS = {
    "ingest": (
        "newsledger.cli.ingest:ingest",
        "Read articles from files and folders and publish what moved.",
    ),
    "run": ("newsledger.cli.run:run", "Poll the feeds, read their articles and publish what moved."),
    "diff": ("newsledger.cli.diff:diff", "Show what changed on a day, or since another day."),
    "show": ("newsledger.cli.show:show", "Show a figure, position, document or change with its evidence."),
    "sql": ("newsledger.cli.sql:sql", "Query the published snapshot."),
    "doctor": ("newsledger.cli.doctor:doctor", "Check the installation and the project, with fixes."),
}

CODEBOOK_COMMANDS = {
    "list": ("newsledger.cli.codebook:list_", "List the stories this project can use."),
    "check": ("newsledger.cli.codebook:check_", "Read the codebooks and run their examples."),
    "test": ("newsledger.cli.codebook:try_", "Show what the codebooks read in a text, and why."),
    "schema": ("newsledger.cli.codebook:schema_", "Print the JSON Schema of codebook, feeds or settings."),
}


def build_app() -> App:
    """Return the command line with every command registered and none imported."""
    app = App(
        name="newsledger",
        help=HELP,
        help_epilogue=EPILOGUE,
        version=__version__,
        result_action="return_value",
        suppress_keyboard_interrupt=False,  # run_cli tells of it; left alone it would end without a word
    )
    for name, (target, line) in COMMANDS.items():
        app.command(target, name=name, help=line)
    codebook = App(name="codebook", help="Check, try and list codebooks.", result_action="return_value")
    for name, line in {
        "list": "List the stories this project can use.",
        "check": "Read a codebook and run its examples.",
        "test": "Show what a codebook reads in a text, and why.",
        "schema": "Print the JSON Schema of codebook, feeds or settings.",
    }.items():
        codebook.command(
            f"newsledger.cli.codebook:{'try' if name == 'test' else name}_", name=name, help=line
        )
    app.command(codebook)
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
