# what: the cells in the reverse order: what attaches an operator comes before the class
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
notebook["cells"].reverse()
