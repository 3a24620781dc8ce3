"""The public facts about this assignment that the machinery needs; none of them is secret."""

from __future__ import annotations

from autograder.vocabulary import Answer, Manifest

MANIFEST = Manifest(
    name="autodiff",
    title="Automatic differentiation",
    questions=("mul", "pow", "relu", "training", "test_vs_train"),
    methods={"mul": "__mul__", "pow": "__pow__", "relu": "relu"},
    grafted_on="Value",
    engine=("Value", "Layer", "Network"),
    kept=("backward",),
    probes="autograder.autodiff.probes.by_name",
    harmless=("draw", "table", ".backward", ".zero_grad"),
    answers=(
        Answer("train_before", "test_vs_train", "number", cell="evidence"),
        Answer("test_before", "test_vs_train", "number", cell="evidence"),
        Answer("train_after", "test_vs_train", "number", cell="evidence"),
        Answer("test_after", "test_vs_train", "number", cell="evidence"),
        Answer("choice_1", "test_vs_train", "letter", cell="choice_1"),
        Answer("explain_1", "test_vs_train", "text", cell="explain_1", explains="choice_1"),
        Answer("choice_2", "test_vs_train", "letter", cell="choice_2"),
        Answer("explain_2", "test_vs_train", "text", cell="explain_2", explains="choice_2"),
    ),
    blank="**Your explanation:**\n\n*Replace this line by one or two sentences.*",
    released=(
        "README.md",
        "autodiff.ipynb",
        "conftest.py",
        "data/boston_housing.csv",
        "drawing.py",
        "grader.py",
        "requirements-vscode.txt",
        "requirements.txt",
        "test_autodiff.py",
    ),
    total=100,
)
