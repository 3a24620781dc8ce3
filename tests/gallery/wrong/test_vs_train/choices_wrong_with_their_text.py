# what: wrong letters with the text of their option, one of it that of the right one
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "A. There are 102 test houses but 404 training houses"

# %% choice_2
choice_2 = "D: At equal weights the test loss is the higher one from the very start"
