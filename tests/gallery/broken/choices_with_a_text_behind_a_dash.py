# what: letters that a dash and a bracket set off from their text
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "D - each test loss is measured after the update"

# %% choice_2
choice_2 = "b) at equal weights the test loss is higher from the start"
