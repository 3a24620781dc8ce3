# what: the letter in a circle, and one in full-width brackets
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "Ⓓ"

# %% choice_2
choice_2 = "（Ｂ）"
