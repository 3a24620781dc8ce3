# what: a number where the power should be
# loses: pow.* training.*

# %% pow
__pow__ = 2
