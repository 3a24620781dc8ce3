# what: the cell of the power is emptied
# loses: pow.* training.*

# %% pow
