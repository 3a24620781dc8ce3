# what: 32 MB of empty lists in the metadata of an honest notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
text = json.dumps({**notebook, "metadata": {"filler": "here"}})
before, after = text.split('"here"')

(folder / "autodiff.ipynb").write_text(before + "[" + "[]," * (32 * 2**20 // 3) + "[]]" + after)
