# what: ten million empty texts in the metadata of an honest notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
text = json.dumps({**notebook, "metadata": {"filler": "here"}})
before, after = text.split('"here"')

(folder / "autodiff.ipynb").write_text(before + "[" + '"",' * 10_000_000 + '""]' + after)
