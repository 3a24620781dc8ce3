# what: 30 MB of escapes for characters, half pairs of surrogates among them, in an output
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
cell["outputs"] = ["here"]
before, after = json.dumps(notebook).split('"here"')
filler = "\\u0022\\ud83d\\u005c\\udc0d" * 1_250_000
(folder / "autodiff.ipynb").write_text(before + '"' + filler + '"' + after)
