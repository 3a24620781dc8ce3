# what: a folder under the name of a notebook
# loses: *
# says: No notebook was found

# %% files
(folder / "autodiff.ipynb").mkdir()
(folder / "autodiff.ipynb" / "inside.txt").write_text("x")
