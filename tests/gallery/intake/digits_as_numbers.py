# what: ten million numbers, with fractions and exponents, in an output of an honest notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
cell["outputs"] = ["here"]
before, after = json.dumps(notebook).split('"here"')
filler = "1,-2.5,3e400,0.1E-7,4," * 2_000_000
(folder / "autodiff.ipynb").write_text(before + '{"data": [' + filler + "5]}" + after)
