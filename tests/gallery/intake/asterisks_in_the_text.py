# what: sixty thousand asterisks in a cell of text, and as many in lines of seventy, as rulers are drawn; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
ruler = {"cell_type": "markdown", "id": "ruler", "metadata": {}, "source": "*" * 60_000}
rulers = {"cell_type": "markdown", "id": "rulers", "metadata": {}, "source": ("*" * 70 + "\n") * 900}
notebook["cells"] += [ruler, rulers]
