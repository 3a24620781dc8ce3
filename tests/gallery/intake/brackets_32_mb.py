# what: 32 MB of opening brackets
# loses: *
# says: The file is not a notebook

# %% files
(folder / "autodiff.ipynb").write_text("[" * (32 * 2**20))
