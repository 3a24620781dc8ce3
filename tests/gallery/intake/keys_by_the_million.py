# what: two million keys in the metadata of an honest notebook, every other one the same
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
text = json.dumps({**notebook, "metadata": {"here": 0}})
filler = "".join(f'"cells":[],"k{k}":{{}},' for k in range(1_000_000))
before, after = text.split('"here": 0')
(folder / "autodiff.ipynb").write_text(before + filler + '"end":0' + after)
