# what: a cell of code with 30 MB of comments after those of an honest notebook
# loses: relu.* training.*
# says: Cells that were skipped: 1

# %% relu
def relu(self): ...

# %% files
source = "# nothing to see here\n" * 1_400_000
notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": source})
save(notebook, folder / "autodiff.ipynb")
