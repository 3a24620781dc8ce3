# what: a format from the future, and no number at all for the minor version
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
notebook |= {"nbformat": 99, "nbformat_minor": None, "new_in_99": {"cells": []}}
