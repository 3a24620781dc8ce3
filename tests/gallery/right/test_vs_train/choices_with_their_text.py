# what: both letters with the text of their option, as it is copied from the notebook
# loses: nothing

# %% choice_1
choice_1 = (
    "D. The training loss of an epoch is recorded before the weights change and the test loss after it, "
    "so the test loss is lower at first."
)

# %% choice_2
choice_2 = """- **B.** The updates are computed from the training houses alone, so the test loss falls only as far as what they
  teach carries over to other houses."""
