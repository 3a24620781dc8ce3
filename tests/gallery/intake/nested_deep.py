# what: JSON that is nested 100,000 deep, well formed and not
# loses: *
# says: nested too deeply

# %% files
text = json.dumps({**notebook, "metadata": "here"})
(folder / "autodiff.ipynb").write_text(text.replace('"here"', "[" * 100_000 + "]" * 100_000))
