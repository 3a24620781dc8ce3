# what: quotes that are not closed, or closed by an apostrophe in the text: no Python
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "D

# %% choice_2
choice_2 = 'B. The test loss's head start of one update hides the gap'
