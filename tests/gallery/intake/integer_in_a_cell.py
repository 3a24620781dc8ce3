# what: integers of 5,000 digits in the metadata of every cell, and as execution counts
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
for cell in notebook["cells"]:
    cell["metadata"]["started"] = "here"
    if cell["cell_type"] == "code":
        cell["execution_count"] = "here"
(folder / "autodiff.ipynb").write_text(json.dumps(notebook).replace('"here"', "-" + "9" * 5000))
