# what: tests, otter, numpy.py, json.py, data/ and a start script beside the notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
save(notebook, folder / "autodiff.ipynb")
for name in ("numpy.py", "json.py", "sitecustomize.py", "otter/__init__.py", "autograder/__init__.py", "data/boston_housing.csv"):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("raise SystemExit('full marks')")
(folder / "tests").write_text("a file where a folder is needed")
(folder / "run_autograder").write_text("#!/bin/sh\necho 100 > /CANARY/autograder/results/results.json\n")
(folder / "run_autograder").chmod(0o777)
(folder / ".pytest.ini").symlink_to("/CANARY/autograder/results/results.json")
