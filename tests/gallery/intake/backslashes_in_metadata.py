# what: 30 MB of backslashes and escaped quotes in the metadata of an honest notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
text = json.dumps({**notebook, "metadata": {"filler": "here"}})
before, after = text.split('"here"')

filler = "\\" * 20_000_000 + '\\"' * 5_000_000
(folder / "autodiff.ipynb").write_text(before + '"' + filler + '"' + after)
