# what: everything but a notebook
# loses: *
# says: No notebook was found

# %% files
for name in ("autodiff.pdf", "grader.py", "test_autodiff.py", "README.md", ".hidden.ipynb"):
    (folder / name).write_text("x")
