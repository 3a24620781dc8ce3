"""Follow-through: a mistake costs its points once, and not again where other checks build on what it broke.

Within a method, a check that a mistake kept from being reached earns its points where the mistake is named: then all of
its numbers are those that the mistake predicts. In a longer computation the course's own methods stand in for those
that are not right, and each check pays the share of the student's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder.grading import compare
from autograder.grading.evidence import Outcomes
from autograder.grading.methods import Judged
from autograder.vocabulary import BOTH, Assignment, Check, Outcome, Sign

Lent = tuple[str, ...]
"""The questions whose methods the course lends, in the order of the manifest."""


def within_methods(judged: Judged) -> Outcomes:
    """Return the outcomes, with those followed through that only wait for a check of the one mistake that is named.

    Two mistakes at once predict all numbers too, but with so many to choose from that is no proof.
    """
    outcomes = dict(judged.outcomes)
    for question, seen in judged.seen.items():
        own = [outcome for outcome in outcomes.values() if outcome.check.question == question]
        if any(outcome.misconception and BOTH not in outcome.misconception for outcome in own):
            for outcome in own:
                runs = [one.observation for one in seen if one.check is outcome.check]
                measured = bool(runs) and all(run.status == "returned" for run in runs)
                if outcome.outcome == "not_reached" and measured:
                    outcomes[outcome.check.id] = _followed(outcome.check, judged.outcomes)
    return outcomes


def _followed(check: Check, outcomes: Outcomes) -> Outcome:
    [first, *_] = [outcomes[id].check.title for id in check.requires if outcomes[id].outcome != "passed"]
    said = f"Follows from: {first}. The mistake there costs its points once."
    return Outcome(check, "followed_through", said, earned=check.points)


def lendings(judged: Judged, checks: Sequence[Check], assignment: Assignment) -> list[Lent]:
    """Return which methods to lend in each try at ``checks``, which compute with several; no try if there can be none.

    Lent is what lacks something that the checks require. As a flaw that they do not ask for may still be in the way,
    another try lends the methods with any. A method that the student did not attempt is never lent, nor are all.
    """
    required = {id for check in checks for id in check.requires}
    wrong = {judged.outcomes[id].check.question for id in required if judged.outcomes[id].outcome != "passed"}
    flawed = {o.check.question for o in judged.outcomes.values() if o.outcome != "passed"} & judged.attempted
    methods = [m for m in assignment.manifest.methods if any(m in assignment.methods_of(check) for check in checks)]
    tries: list[Lent] = []
    for lent in (wrong, wrong | flawed):
        if not lent or (lent <= judged.attempted and set(methods) - lent):
            tries.append(tuple(method for method in methods if method in lent))
    return list(dict.fromkeys(tries))


def in_part(check: Check, lent: Lent, assignment: Assignment) -> Outcome:
    """The outcome of a check that came out right with the methods ``lent``: it pays the share of the student's own."""
    methods = assignment.methods_of(check)
    earned = check.points * (len(methods) - len(lent)) // len(methods)
    said = f"With {_instead(lent, assignment)}: {earned} of {check.points} points."
    return Outcome(check, "followed_through", said, earned=earned)


def in_vain(check: Check, lent: Lent, assignment: Assignment, sign: Sign | None) -> Outcome:
    """The outcome of a check that failed with the methods ``lent``, with the ``sign`` of a run that came to nothing.

    Nothing is told of what was computed or said there: the student's code had the course's beside it.
    """
    ran = f"{check.title}, with {_instead(lent, assignment)}."
    got = "not that; what your code gave here is not shown, as the course's was beside it"
    message = compare.four_lines(ran, "", got, check.why)
    return Outcome(check, "failed", message, sign=sign or Sign.LENT_IN_VAIN)


def _instead(lent: Lent, assignment: Assignment) -> str:
    names = " and ".join(f"`{assignment.manifest.methods[question]}`" for question in lent)
    return f"the course's {names} in place of yours"
