# what: the two letters change places
# loses: mul.forward

# %% choice_1
choice_1 = "B"

# %% choice_2
choice_2 = "D"
