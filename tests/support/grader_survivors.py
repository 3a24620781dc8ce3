"""The mutants of the grader that no test can tell from it, or need not, by the reason."""

from __future__ import annotations

SURVIVORS: dict[str, tuple[str, ...]] = {
    "it draws or takes another number that serves as well; what a number must be is tested where it is used": (
        "autodiff/sealed/fault_pairs: 2.0 → 3.0",
        "autodiff/sealed/mul: 0.125 → 1.125",
        "autodiff/sealed/mul: small / c → small * c",
        "autodiff/sealed/operands: 0.9 → 1.9",
        "autodiff/sealed/pow: 3 → 4",
        "autodiff/sealed/relu: 1.2 → 2.2",
        "autodiff/sealed/relu: 2000000.0 → 2000001.0",
        "grading/pipeline: 0 → 1",
    ),
    "only data of exactly 0 tells the two apart, and there either gradient is right": (
        "autodiff/sealed/relu_faults: a > 0 → a >= 0",
        "autodiff/sealed/relu_faults: a.data > 0 → a.data >= 0",
    ),
    "it is a limit or a pause, and the next number does as well": (
        "autodiff/sealed/relu_faults: 50.0 → 51.0",
        "sandbox/cleanup: 100 → 101",
        "sandbox/cleanup: 0.005 → 1.005",
        "sandbox/cleanup: time.sleep(PAUSE) → pass",
        "sandbox/worker_process: 5.0 → 6.0",
        "wire/messages: 1024 → 1025",
    ),
    "an id has as many characters as before, since half of its length is rounded down": ("wire/messages: 16 → 17",),
    "a cell of code has neither the tag nor the label of a text, so it is passed over a few lines later": (
        "wire/explanations: continue → pass",
    ),
    "at the limit nothing is added either way, for a slice of length 0 is empty": (
        "wire/answers: len(wanted) < most → len(wanted) <= most",
    ),
    "a class inside a class is cut no further, so the first line is 0 wherever the lines are looked at": (
        "wire/statements: read.last - whole.first → read.last + whole.first",
    ),
}
NAMES = {name: reason for reason, names in SURVIVORS.items() for name in names}
