# what: a text of 32 MB of backslashes: the last one hides the quote that would end it
# loses: *
# says: was cut off

# %% files
(folder / "autodiff.ipynb").write_text('{"metadata": "' + "\\" * (32 * 2**20 + 1) + '"}')
