# what: an opening brace and 32 MB of quotes: no comma ever comes
# loses: *
# says: The notebook is damaged in line 1

# %% files
(folder / "autodiff.ipynb").write_text("{" + '"' * (32 * 2**20))
