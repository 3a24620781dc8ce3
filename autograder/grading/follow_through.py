"""Follow-through: a mistake costs its points once, and not again in the checks that build on what it broke.

Within one method: if a mistake is named, the checks that could not be reached because of it earn their points. The name
proves that all their numbers are as this mistake predicts.

In a longer computation: the course's own methods replace the student's wrong ones. Each check then pays in proportion
to the methods that were still the student's.
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder.grading import compare
from autograder.grading.evidence import Outcomes
from autograder.grading.methods import Judged
from autograder.vocabulary import BOTH, Assignment, Check, Outcome, Sign

Lent = tuple[str, ...]
"""Questions whose methods the course lends, in the order of the manifest."""


def within_methods(judged: Judged) -> Outcomes:
    """Return all outcomes, with full points for checks that were not reached because of one named mistake.

    A check counts only if all its runs returned. A named pair of mistakes is not enough: there are so many pairs that
    one may fit by chance.
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
    """Return the tries at ``checks`` that are worth running, each as the methods to lend in it.

    The first try lends the methods that fail a check which ``checks`` require; that may be none. The second try lends
    every method with any failed check, because such a flaw may matter too. There is no try that would lend a method
    that the student did not attempt, or all methods.
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
    """Return the outcome of a check that passed with the methods ``lent``.

    It earns points in proportion to the methods that were the student's own.
    """
    methods = assignment.methods_of(check)
    earned = check.points * (len(methods) - len(lent)) // len(methods)
    said = f"With {_instead(lent, assignment)}: {earned} of {check.points} points."
    return Outcome(check, "followed_through", said, earned=earned)


def in_vain(check: Check, lent: Lent, assignment: Assignment, sign: Sign | None) -> Outcome:
    """Return the outcome of a check that failed even with the methods ``lent``.

    ``sign`` is that of a run without a result; else the outcome gets ``Sign.LENT_IN_VAIN``. The message shows nothing
    that the student's code computed or said, because that code ran beside the course's own and may have copied it.
    """
    ran = f"{check.title}, with {_instead(lent, assignment)}."
    got = "not that; what your code gave here is not shown, as the course's was beside it"
    message = compare.four_lines(ran, "", got, check.why)
    return Outcome(check, "failed", message, sign=sign or Sign.LENT_IN_VAIN)


def _instead(lent: Lent, assignment: Assignment) -> str:
    names = " and ".join(f"`{assignment.manifest.methods[question]}`" for question in lent)
    return f"the course's {names} in place of yours"
