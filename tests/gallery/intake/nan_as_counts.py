# what: NaN as execution counts and in a table of a million missing numbers; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
for cell in notebook["cells"]:
    if cell["cell_type"] == "code":
        cell |= {"execution_count": float("nan"), "outputs": []}
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"application/json": [float("nan")] * 1_000_000}}]
