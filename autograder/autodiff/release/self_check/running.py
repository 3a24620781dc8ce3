"""Running of a question's checks, each after those that it builds on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import FunctionType
from typing import Any

from autograder.grading.compare import compared, four_lines, mismatches
from autograder.wire.cells import look_alike

from .filled_in import CHECKS, METHODS, PROBES
from .measuring import _measured, not_attached
from .outcomes import FAILED, NOT_ATTEMPTED, NOT_REACHED, PASSED, Outcome, Result, Stop
from .recognising import not_run, recognised
from .typed import _choice_notes


def check_in(namespace: Mapping[str, Any], question: str) -> Result:
    """Run the public checks of a question on the names in ``namespace``."""
    known: dict[str, Outcome] = {}
    outcomes = [run(row, namespace, known) for row in CHECKS if row["question"] == question]
    notes = _choice_notes(namespace) if question == "test_vs_train" else []
    return Result(question, outcomes, [*notes, *_method_notes(question, namespace)])


def run(row: Mapping[str, Any], namespace: Mapping[str, Any], known: dict[str, Outcome]) -> Outcome:
    """Run a check after the checks that it builds on, and return its outcome; ``known`` keeps all outcomes."""
    if row["id"] not in known:
        needed = [run(other, namespace, known) for other in CHECKS if other["id"] in row["requires"]]
        missing = [outcome for outcome in needed if outcome.state != PASSED]
        outcome = _not_reached(row, missing) if missing else _run(row, namespace)
        known[row["id"]] = _told_once(outcome, _of_question(row, known), namespace)
    return known[row["id"]]


def _told_once(outcome: Outcome, before: list[Outcome], namespace: Mapping[str, Any]) -> Outcome:
    """Add the hint to a question's first outcome of its kind; shorten what the outcomes ``before`` it told already."""
    question = outcome.row["question"]
    if outcome.state in (FAILED, NOT_ATTEMPTED) and not any(other.state == outcome.state for other in before):
        blank = outcome.state == NOT_ATTEMPTED or not_attached(question, namespace)
        unread = not_run(question, namespace) if blank else ""
        return replace(outcome, hint=unread or (recognised(question, namespace) if outcome.state == FAILED else ""))
    again = [outcome.stop.again(other.stop) for other in before] if outcome.stop else []
    return replace(outcome, message=next(filter(None, again), outcome.message))


def _of_question(row: Mapping[str, Any], known: Mapping[str, Outcome]) -> list[Outcome]:
    return [outcome for outcome in known.values() if outcome.row["question"] == row["question"]]


def _not_reached(row: Mapping[str, Any], missing: list[Outcome]) -> Outcome:
    if all(outcome.state == NOT_ATTEMPTED and outcome.row["question"] == row["question"] for outcome in missing):
        return Outcome(row, NOT_ATTEMPTED)
    first = missing[0]
    if first.row["question"] != row["question"]:
        waits_for = f"question {first.row['question']}"
    elif first.state == NOT_REACHED:
        return Outcome(row, NOT_REACHED, first.message)  # that check waits itself, and this one for the same
    else:
        waits_for = first.row["title"]
    return Outcome(row, NOT_REACHED, f"Runs once this passes: {waits_for}.")


def _run(row: Mapping[str, Any], namespace: Mapping[str, Any]) -> Outcome:
    for case in row["cases"]:
        ran = _description(row, case["inputs"])
        try:
            measured = _measured(row, case["inputs"], namespace)
        except NotImplementedError as error:
            return _blank(row, ran, error)
        except Exception as error:
            expected, _ = compared(case["expected"], {})
            stop = Stop.of(error)
            return Outcome(row, FAILED, four_lines(ran, expected, str(stop), row["why"]), stop=stop)
        if mismatches(case["expected"], measured):
            return Outcome(row, FAILED, four_lines(ran, *compared(case["expected"], measured), row["why"]))
    return Outcome(row, PASSED)


def _description(row: Mapping[str, Any], inputs: Mapping[str, Any]) -> str:
    return (PROBES[row["probe"]].__doc__ or "").format(**inputs) if row["probe"] else ""


def _blank(row: Mapping[str, Any], ran: str, error: NotImplementedError) -> Outcome:
    named = re.match(r"Question (\w+)", str(error))
    if named is None:
        return Outcome(row, FAILED, four_lines(ran, "", str(Stop.of(error)), row["why"]))
    if named.group(1) == row["question"]:
        return Outcome(row, NOT_ATTEMPTED, f"{error}." if row["reads"] else "")
    return Outcome(row, NOT_REACHED, f"Runs once the blank is filled in: {error}.")


def _method_notes(question: str, namespace: Mapping[str, Any]) -> Iterator[str]:
    """Yield notes on names: a function is called almost as asked, or another question's is attached."""
    name, owner = METHODS.get(question, ""), namespace.get("Value")
    attached = getattr(owner, name, None) if name else None
    if name and attached is None:
        named = {**getattr(owner, "__dict__", {}), **namespace}
        if other := look_alike(name, [other for other, it in named.items() if isinstance(it, FunctionType)]):
            yield f"– a function {other} was found; the question asks for {name}"
    own = getattr(attached, "__name__", name)
    if own != name and own in METHODS.values():
        yield f"– Value.{name} is your function {own}: is a name in its setattr line another question's?"
