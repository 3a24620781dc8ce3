# what: integers of 5,000 digits in outputs, in their metadata and as their execution counts
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
output = {"output_type": "execute_result", "execution_count": "here", "metadata": {"n": "here"}, "data": {"application/json": ["here"]}}
for cell in notebook["cells"]:
    if cell["cell_type"] == "code":
        cell["outputs"] = [output]
(folder / "autodiff.ipynb").write_text(json.dumps(notebook).replace('"here"', "9" * 5000))
