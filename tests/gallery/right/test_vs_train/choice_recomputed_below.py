# what: the right letter, then a line that tidies it up: what was typed is read
# loses: nothing

# %% choice_2
choice_2 = "B"

# %% +
choice_2 = choice_2.strip().upper()
