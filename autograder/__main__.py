"""The command line, ``python -m autograder COMMAND``; the only module that prints or exits.

The exit status is 0 if the command did its work (``grade`` made a report, whatever the score), 1 for a fault of the
grader or in the source that it builds from, 2 for wrong usage, and 130 when interrupted. A command imports its modules
only when it runs, so that grading does not wait for otter.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.outlets import json_file, terminal
from autograder.vocabulary import Report

ROOT = Path(__file__).resolve().parent.parent
"""Folder of the checkout, or the folder into which the zip for Gradescope was unpacked."""

_FAULT = 1
_WRONG_USAGE = 2
_INTERRUPTED = 130
_PUBLIC_SALT = (
    "the salt is the public one, from which everybody can draw the inputs of hidden checks. Make a salt of your own: "
    "openssl rand -hex 16 > autograder/salt.txt (git ignores that file), or set AUTOGRADER_SALT."
)
_GOES_ON = "What was graded is kept: the same command goes on from there."


class Stop(Exception):  # noqa: N818 - it is a message to the user, not a fault of the program
    """Exception that ends the command with a message and an exit status, without a traceback."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Command:
    """Subcommand: its one-line help, the function that runs it, and the one that adds its arguments to a parser."""

    help: str
    run: Callable[[argparse.Namespace], None]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Raises ``SystemExit`` where argparse finds wrong usage or prints the help.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy's threads cost more than they give on such matrices
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(words).parse_args(words)
    try:
        _check_settings()
        COMMANDS[options.command].run(options)
        sys.stdout.flush()
    except Stop as stop:
        print(f"autograder {options.command}: {stop}", file=sys.stderr)
        return stop.status
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:  # the reader has closed the pipe, as `... | head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception:
        traceback.print_exc()
        return _FAULT
    return 0


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Return a parser in which only the command that ``words`` begin with has its arguments.

    The zip for Gradescope holds no class, so its options are not imported for another command.
    """
    parser = argparse.ArgumentParser(prog="python -m autograder", description="Grade and build the assignment.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        of_command = commands.add_parser(name, help=command.help, description=command.help)
        if name in words[:1]:
            command.arguments(of_command)
    return parser


def _check_settings() -> None:
    """Stop if a setting must be mended, before any command runs."""
    from autograder import settings
    from autograder.assignment import ASSIGNMENT

    manifest = ASSIGNMENT.manifest
    try:
        settings.load().check_names(manifest.questions, manifest.named("text"))
    except settings.SettingsError as error:
        raise Stop(f"{settings.FILE.parent / str(error)}", _WRONG_USAGE) from None


def _grade_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "notebook",
        type=Path,
        help="an .ipynb file, a .py file in the percent format, a .zip of one, or a folder that holds one",
    )
    parser.add_argument("--json", metavar="FILE", help="write the report as JSON too; - prints it instead of the text")
    parser.add_argument("--verbose", action="store_true", help="print all that was run too, hidden inputs included")


def _grade(options: argparse.Namespace) -> None:
    from autograder.assignment import ASSIGNMENT
    from autograder.grading import pipeline
    from autograder.grading.account import account
    from autograder.grading.diagnosis import Seen

    if not os.path.lexists(options.notebook):
        raise Stop(f"there is no file {options.notebook}", _WRONG_USAGE)
    if options.verbose and options.json == "-":
        raise Stop("--json - prints the report alone; leave out --verbose", _WRONG_USAGE)
    try:
        target = None if options.json in (None, "-") else json_file.target(options.json)
    except json_file.TargetError as error:
        raise Stop(str(error), _WRONG_USAGE) from None
    seen: list[Seen] = []
    with terminal.progress_bar(sys.stderr) as progress:
        report = pipeline.grade(options.notebook, ASSIGNMENT, progress=progress, witness=seen.extend)
    text = json.dumps(report.to_json(), indent=2)
    if target is not None:
        json_file.write(target, text + "\n")
    _print(text + "\n" if options.json == "-" else _rendered(report))
    if options.verbose:
        _print(terminal.render_account(report, account(seen, ASSIGNMENT), width=_width()))


def _rendered(report: Report) -> str:
    colour = terminal.wants_colour(sys.stdout)
    return terminal.render(report, colour=colour, width=_width())


def _width() -> int:
    return shutil.get_terminal_size((100, 24)).columns


def _print(text: str) -> None:
    sys.stdout.write(terminal.encodable(text, sys.stdout.encoding or "utf-8"))


def _gradescope_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("root", type=Path, help="the folder that Gradescope calls /autograder")


def _gradescope(options: argparse.Namespace) -> None:
    from autograder.assignment import ASSIGNMENT
    from autograder.outlets import gradescope

    gradescope.run(options.root, ASSIGNMENT)


def _class_arguments(parser: argparse.ArgumentParser) -> None:
    from autograder.classroom import options

    options.add_options(parser)


def _class(options: argparse.Namespace) -> None:
    from autograder.classroom import pools, run, wishes
    from autograder.classroom.progress import Progress

    jobs = pools.cores() if options.jobs is None else options.jobs
    if jobs < 1:
        raise Stop("--jobs must be at least 1", _WRONG_USAGE)
    if not options.source.exists():
        raise Stop(f"there is nothing at {options.source}", _WRONG_USAGE)
    started = time.monotonic()
    with _class_errors():
        if options.student is not None:
            _one_student(options)
            return
        with pools.pool(jobs, options.scheduler) as where:
            progress = Progress(sys.stderr)
            summary = run.grade_class(
                options.source, options.out, where, progress, jobs=jobs, wishes=wishes.of(options)
            )
    _print(summary.text(options.out, time.monotonic() - started))
    if summary.lost:
        raise Stop(f"{len(summary.lost)} of {summary.students} have no mark. {_GOES_ON}", _FAULT)


@contextmanager
def _class_errors() -> Iterator[None]:
    """Turn errors in a class, or in the place to grade it, into a message without a traceback."""
    from autograder.classroom import desk, dispatch, grading_job, regrade, result_store, roster_file, unpacking

    usage = (unpacking.ExportError, result_store.BusyError, dispatch.UnreachableError, grading_job.SeparationError)
    try:
        yield
    except (*usage, regrade.StudentError, roster_file.RosterError, desk.DeskError) as error:
        raise Stop(str(error), _WRONG_USAGE) from None
    except grading_job.ClassError as error:
        raise Stop(f"{error}. {_GOES_ON}", _FAULT) from None
    except KeyboardInterrupt:
        print(f"\n{_GOES_ON}", file=sys.stderr)
        raise


def _one_student(options: argparse.Namespace) -> None:
    """Grade one student of a class anew; print the report and an account of all that was run."""
    from autograder.classroom import regrade
    from autograder.wire.printable import printable

    found = regrade.regrade(options.source, options.out, options.student)
    _print(_rendered(found.report) + terminal.render_account(found.report, found.account, width=_width()))
    _print(printable(f"\n{found.student.name} ({found.student.key}), {found.file}\n{found.said}") + "\n")


def _build(options: argparse.Namespace) -> None:
    from autograder.authoring import build, consistency, leaks, source_file

    try:
        with terminal.status_line(sys.stderr) as tell:
            build.build(ROOT, tell)
    except (source_file.AuthoringError, consistency.AssignmentError, leaks.LeakError) as error:
        raise Stop(str(error), _FAULT) from None
    _print(f"Built {ROOT / 'assignment'} and {ROOT / 'solutions' / build.NAME}.\n")


def _zip(options: argparse.Namespace) -> None:
    from autograder import settings
    from autograder.authoring import consistency, leaks, package, source_file

    wrong = (source_file.AuthoringError, consistency.AssignmentError, leaks.LeakError, package.PackageError)
    try:
        with terminal.status_line(sys.stderr) as tell:
            summary = package.make_zip(ROOT, ROOT / "dist", tell)
    except wrong as error:
        raise Stop(str(error), _FAULT) from None
    _print(summary.table() + "\n")
    if settings.load().salt == settings.PUBLIC_SALT:
        print(f"autograder zip: WARNING: {_PUBLIC_SALT}", file=sys.stderr)


COMMANDS = {
    "grade": Command("grade one notebook and print the report", _grade, _grade_arguments),
    "gradescope": Command("grade what a student submitted to Gradescope", _gradescope, _gradescope_arguments),
    "class": Command("grade a whole class", _class, _class_arguments),
    "build": Command("build the student's release and the solution from the source in solutions/", _build),
    "zip": Command("build and prove dist/autograder.zip and dist/student.zip", _zip),
}

if __name__ == "__main__":
    sys.exit(main())
