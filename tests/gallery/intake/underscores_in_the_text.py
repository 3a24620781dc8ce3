# what: sixty thousand underscores in a cell of text, and in an explanation that lost its tag; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
notebook["cells"].insert(3, {"cell_type": "markdown", "id": "line", "metadata": {}, "source": "_" * 60_000})
for cell in notebook["cells"]:
    if "answer:explain_2" in cell["metadata"].get("tags", []):
        cell["metadata"] = {}
        cell["source"] = "**Your explanation:** " + "_" * 60_000 + "*_" * 30_000 + " they start equal"
