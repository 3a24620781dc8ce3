# what: the right letter, then a line that tidies it up: what is read is no letter any more
# loses: test_vs_train.choice_2

# %% choice_2
choice_2 = "B"

# %% +
choice_2 = choice_2.strip().upper()
