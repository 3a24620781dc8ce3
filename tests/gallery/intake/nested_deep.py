# what: a notebook whose metadata are nested 100,000 deep: nobody needs them, so they are passed over
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
text = json.dumps({**notebook, "metadata": "here"})
(folder / "autodiff.ipynb").write_text(text.replace('"here"', "[" * 100_000 + "]" * 100_000))
