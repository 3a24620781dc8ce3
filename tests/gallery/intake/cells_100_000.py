# what: 100,000 cells after the notebook's own
# loses: relu.* training.*
# says: Cells that were skipped

# %% relu
def relu(self): ...

# %% notebook
notebook["cells"] += [{"cell_type": "code", "metadata": {}, "outputs": [], "source": f"x = {n}"} for n in range(100_000)]
