# what: the answer cells as lists of single characters, as a script that splits wrongly saves them
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
for cell in notebook["cells"]:
    cell["source"] = list("".join(cell["source"]))
