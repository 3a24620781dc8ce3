"""Refusal of checks that do not fit together, before anything is built; the author is told how to mend them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import import_module

from autograder.vocabulary import Assignment, Check


class AssignmentError(ValueError):
    """Exception for checks that cannot be released; the message names the check and says how to mend it."""


def check_assignment(assignment: Assignment) -> None:
    """Check that the assignment's checks, misconceptions and points fit together.

    Raises ``AssignmentError`` for the first fault that an author must mend.
    """
    for problem in _problems(assignment):
        raise AssignmentError(problem)


def _problems(assignment: Assignment) -> Iterator[str]:
    yield from _of_ids(assignment)
    for check in assignment.checks:
        yield from _of_running(assignment, check)
        yield from _of_prerequisites(assignment, check)
    yield from _of_misconceptions(assignment)
    yield from _of_points(assignment)


def _of_ids(assignment: Assignment) -> Iterator[str]:
    questions = assignment.manifest.questions
    for id, count in Counter(check.id for check in assignment.checks).items():
        if count > 1:
            yield f"{count} checks are called {id}. Give each one an id of its own"
    for check in assignment.checks:
        if check.question not in questions:
            yield f"{check.id}: there is no question {check.question}. Use one of {', '.join(questions)}"
        if not check.id.startswith(f"{check.question}."):
            yield f"{check.id} is a check of {check.question}. Begin its id with {check.question} and a dot"
    for question in questions:
        seen = {check.visibility for check in assignment.of(question)}
        if seen != {"public", "hidden"}:
            wanted = "a public check, or students cannot test it" if "public" not in seen else "a hidden check"
            yield f"question {question} lacks {wanted}. Add one with the id {question}.…"


def _of_running(assignment: Assignment, check: Check) -> Iterator[str]:
    probes = import_module(assignment.manifest.probes)
    known = {answer.name for answer in assignment.manifest.answers}
    if bool(check.probe) == bool(check.reads):
        yield f"{check.id} must either name a probe or what it reads. Set probe= or reads="
    if check.probe and check.probe not in {**probes.ONCE, **probes.STEPWISE}:
        yield f"{check.id}: there is no probe {check.probe}. Write it, and list it in {assignment.manifest.probes}"
    if (check.sees is not None) != (check.probe in probes.STEPWISE):
        yield f"{check.id}: a probe that reports step by step needs sees=, and no other one may have it"
    if unknown := set(check.reads) - known:
        yield f"{check.id} reads {', '.join(sorted(unknown))}. List such an answer in the manifest"
    if check.expects is None:
        yield f"{check.id} expects nothing, so that everybody would pass it. Set expects="
    if check.probe and bool(check.cases) == bool(check.draw):
        yield f"{check.id} must either have cases or a draw. Set cases= or draw="
    if check.draw and check.visibility == "public":
        yield f"{check.id} is public and draws its inputs, which students could not see. Give it cases="
    if check.points < 1:
        yield f"{check.id} has {check.points} points. Give it one at least"
    shares = len(assignment.methods_of(check))
    if check.sees is not None and shares > 1 and check.points % shares:
        yield f"{check.id} has {check.points} points, which {shares} methods share. Give it a multiple of {shares}"
    if check.sees is not None and (bare := set(assignment.methods_of(check)) - set(assignment.lent)):
        yield f"{check.id} requires {', '.join(sorted(bare))}, which the course does not lend. Add it to lent="


def _of_prerequisites(assignment: Assignment, check: Check) -> Iterator[str]:
    checks = {each.id: each for each in assignment.checks}
    order = list(checks)
    for id in check.requires:
        if id not in checks:
            yield f"{check.id} requires {id}, which there is none of. Name the id of another check"
        elif order.index(id) >= order.index(check.id):
            yield f"{check.id} requires {id}, which comes later. Put it after that"
        elif checks[id].visibility == "hidden":
            yield f"{check.id} requires {id}, which is hidden: nobody could see why. Require a public check"


def _of_misconceptions(assignment: Assignment) -> Iterator[str]:
    for name, count in Counter(one.name for one in assignment.misconceptions).items():
        if count > 1:
            yield f"{count} misconceptions are called {name}. Give each one a name of its own"
    for one in assignment.misconceptions:
        if one.question not in assignment.manifest.questions or not one.name.startswith(f"{one.question}."):
            yield f"the misconception {one.name} must be of a question, and begin with its name and a dot"
        if not one.hint:
            yield f"the misconception {one.name} has no hint. Write one that does not give the answer away"


def _of_points(assignment: Assignment) -> Iterator[str]:
    points = sum(check.points for check in assignment.checks)
    total = assignment.manifest.total
    if points != total:
        by_question = ", ".join(f"{q} {sum(c.points for c in assignment.of(q))}" for q in assignment.manifest.questions)
        more = "more" if points > total else "fewer"
        yield (
            f"the points come to {points}, {abs(points - total)} {more} than the manifest's total of {total} "
            f"({by_question}). Change those of a check, or the total"
        )
