# what: 32 MB of nothing but quotes
# loses: *
# says: its text is not JSON

# %% files
(folder / "autodiff.ipynb").write_text('"' * (32 * 2**20))
