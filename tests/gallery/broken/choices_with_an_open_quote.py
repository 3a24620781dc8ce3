# what: quotes that are not closed, or closed by an apostrophe in the text: no Python
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "D

# %% choice_2
choice_2 = 'B. The network's updates are computed from the training houses'
