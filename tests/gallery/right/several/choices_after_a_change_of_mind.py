# what: the wrong letter first, the right one in a later line or cell
# loses: nothing

# %% choice_1
choice_1 = "A"
choice_1 = "D"  # no: look at when each loss is recorded

# %% choice_2
choice_2 = "E"

# %% +
choice_2 = "(B)"
