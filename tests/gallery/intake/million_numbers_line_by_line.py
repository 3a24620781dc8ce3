# what: a million numbers printed, each on a line of its own, as Jupyter saves them: a list of lines; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
lines = [f"{k / 7:.4f}\n" for k in range(1_000_000)]
cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": lines}]
