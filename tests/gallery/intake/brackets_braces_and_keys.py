# what: 16 MB of objects in objects that never close: a brace, an empty key, and again
# loses: *
# says: was cut off

# %% files
(folder / "autodiff.ipynb").write_text('{"":' * (4 * 2**20))
