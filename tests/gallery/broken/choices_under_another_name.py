# what: a name that stands for the letter, and a text with an f before it
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% -
my_answer = "D"

# %% choice_1
choice_1 = my_answer

# %% choice_2
choice_2 = f"B"
