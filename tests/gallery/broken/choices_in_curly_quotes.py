# what: curly quotes, as a word processor types them: no Python
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = “D”

# %% choice_2
choice_2 = ‘B’
