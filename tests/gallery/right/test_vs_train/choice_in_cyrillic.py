# what: the letter is a Cyrillic one that looks like the right one
# loses: nothing

# %% choice_2
choice_2 = "В"
