# what: outputs nested a million deep in an honest notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
cell["outputs"] = ["here"]
text = json.dumps(notebook)
(folder / "autodiff.ipynb").write_text(text.replace('"here"', "[" * 1_000_000 + "]" * 1_000_000))
