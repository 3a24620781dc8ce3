# what: 32 MB of empty lists, one after another in a list
# loses: *
# says: holds no list of cells

# %% files
(folder / "autodiff.ipynb").write_text("[" + "[]," * (32 * 2**20 // 3) + "[]]")
