# what: a Russian sentence that begins with a word that looks like the right letter
# loses: test_vs_train.choice_2 relu.* training.*
# says: choice_2 is not a letter

# %% relu
def relu(self): ...

# %% choice_2
choice_2 = "В начале обновления велики"
