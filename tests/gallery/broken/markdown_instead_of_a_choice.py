# what: the cell of the first choice was turned into a cell of text
# loses: test_vs_train.choice_1 relu.* training.*
# says: Still blank: choice_1

# %% relu
def relu(self): ...

# %% notebook
for cell in notebook["cells"]:
    if "answer:choice_1" in cell["metadata"].get("tags", []):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
