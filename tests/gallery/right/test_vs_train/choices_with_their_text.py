# what: both letters with the text of their option, as it is copied from the notebook
# loses: nothing

# %% choice_1
choice_1 = (
    "D. The training loss of an epoch is recorded before the weights change and the test loss after it, "
    "so the test loss is lower at first."
)

# %% choice_2
choice_2 = """- **B.** At equal weights the test loss is the higher one from the very start; being recorded one update later hides
  this only as long as an update changes the loss by much."""
