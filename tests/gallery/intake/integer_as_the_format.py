# what: integers of 5,000 digits as the numbers of the format
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
notebook |= {"nbformat": "here", "nbformat_minor": "here"}
(folder / "autodiff.ipynb").write_text(json.dumps(notebook).replace('"here"', "4" + "0" * 5000))
