# what: a number where the power should be
# loses: pow.* training.*
# names: pow.value_as_number

# %% pow
__pow__ = 2
