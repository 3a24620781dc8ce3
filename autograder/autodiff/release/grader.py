"""The public checks of the notebook "Automatic differentiation from scratch".

In the notebook, run ``grader.check("mul")``, or ``grader.check()`` for all questions; in a terminal, ``pytest`` or
``python grader.py``. Everything runs in your own Python, on what you have defined, and nothing is sent anywhere. The
hidden checks run when you submit.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace

from self_check.filled_in import QUESTIONS
from self_check.finish_line import FinishLine, finish_line
from self_check.loading import load_notebook
from self_check.outcomes import Help, Result
from self_check.running import check_in
from self_check.saved import NOTEBOOK, _saved


def check(question: str = "") -> Result | FinishLine | Help:
    """Run the public checks of a question on what the notebook has defined so far.

    Without a question, run those of all questions, and tell what is left to do before the notebook can be submitted.
    """
    namespace = vars(sys.modules["__main__"])
    if not question:
        return finish_line(namespace, [check_in(namespace, name) for name in QUESTIONS])
    if question not in QUESTIONS:
        return Help(question)
    result = check_in(namespace, question)
    return replace(result, notes=[*(f"– {told}" for told in _saved().notes), *result.notes])


def main(questions: list[str]) -> None:
    """Run the public checks of these questions on the saved notebook, or of all but the training, and print them."""
    os.chdir(NOTEBOOK.parent)
    namespace = load_notebook()
    known = [name for name in questions or QUESTIONS if name in QUESTIONS and (questions or name != "training")]
    results = [check_in(namespace, name) for name in known]
    for told in [*results, *(Help(name) for name in questions if name not in QUESTIONS)]:
        print(told, end="\n\n")
    if not questions:
        print(finish_line(namespace, results))
        print("\nThe training check takes about ten seconds: python grader.py training")


# Here the build puts the modules in self_check/, and what they share with the grader.
if __name__ == "__main__":
    main(sys.argv[1:])
