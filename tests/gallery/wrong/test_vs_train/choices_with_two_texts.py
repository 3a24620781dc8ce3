# what: two options with their texts
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*
# says: choice_1 is several letters

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "D. The training loss is recorded first. A. There are fewer test houses."

# %% choice_2
choice_2 = ["B", "D"]
