# what: 32 MB of empty lists and 32 MB of empty objects in the outputs of an honest notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
cell["outputs"] = ["here"]
before, after = json.dumps(notebook).split('"here"')
filler = "[]," * (32 * 2**20 // 3) + "{}," * (32 * 2**20 // 3)
(folder / "autodiff.ipynb").write_text(before + filler + "{}" + after)
