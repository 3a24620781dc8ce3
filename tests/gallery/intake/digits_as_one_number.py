# what: a number of 30 million digits in the metadata of an honest notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
text = json.dumps({**notebook, "metadata": {"filler": "here"}})
before, after = text.split('"here"')

(folder / "autodiff.ipynb").write_text(before + "7" * 30_000_000 + after)
