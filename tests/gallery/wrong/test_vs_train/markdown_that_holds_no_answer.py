# what: the cell of a choice became a text about it
# loses: test_vs_train.choice_1 relu.* training.*
# says: Still blank: choice_1

# %% relu
def relu(self): ...

# %% choice_1
I choose D, as the training loss is measured first.

# %% notebook
for cell in notebook["cells"]:
    if "answer:choice_1" in cell["metadata"].get("tags", []):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
