# what: 32 MB of nothing but digits
# loses: *
# says: holds no list of cells

# %% files
(folder / "autodiff.ipynb").write_text("7" * (32 * 2**20))
