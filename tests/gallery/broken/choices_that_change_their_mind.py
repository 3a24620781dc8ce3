# what: texts that go on from one letter to another one: what is meant is not guessed, and the student is told
# loses: relu.* training.* test_vs_train.choice_1 test_vs_train.choice_2
# says: several letters (type the one that you mean

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "D? or A"

# %% choice_2
choice_2 = "B. No, A"
