# what: a lower-case letter with a bracket, and one with blanks around it
# loses: nothing

# %% choice_1
choice_1 = 'd)'

# %% choice_2
choice_2 = " b "
