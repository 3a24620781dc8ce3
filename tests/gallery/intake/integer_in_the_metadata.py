# what: an integer of 5,000 digits in the notebook's metadata
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
text = json.dumps({**notebook, "metadata": {"filler": "here"}})
before, after = text.split('"here"')

(folder / "autodiff.ipynb").write_text(before + "1" + "0" * 5000 + after)
