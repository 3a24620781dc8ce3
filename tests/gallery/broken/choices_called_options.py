# what: the words option and answer before the letter
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "Option D"

# %% choice_2
choice_2 = "The answer is (B)."
