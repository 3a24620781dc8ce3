# what: NaN and Infinity in the metadata of the notebook and of its cells; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
notebook["metadata"] |= {"papermill": {"duration": float("nan"), "limits": [float("inf"), float("-inf")]}}
for cell in notebook["cells"]:
    cell["metadata"] |= {"duration": float("nan"), "zoom": -float("inf")}
