# what: the old format 3: worksheets, and `input` for `source`
# loses: relu.* training.*
# says: old format

# %% relu
def relu(self): ...

# %% notebook
cells = notebook.pop("cells")
for cell in cells:
    if cell["cell_type"] == "code":
        cell["input"] = cell.pop("source")
notebook |= {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}
