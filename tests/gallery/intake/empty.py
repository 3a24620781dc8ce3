# what: an empty file
# loses: *
# says: The file is empty

# %% files
(folder / "autodiff.ipynb").touch()
