# what: a notebook whose upload was cut off
# loses: *
# says: was cut off

# %% files
text = json.dumps(notebook)
(folder / "autodiff.ipynb").write_text(text[: len(text) // 2])
