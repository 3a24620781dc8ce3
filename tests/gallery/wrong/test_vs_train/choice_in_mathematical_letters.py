# what: the name of the answer in mathematical letters: Python takes it for the plain one, intake does not
# loses: test_vs_train.choice_2

# %% choice_2
𝐜𝐡𝐨𝐢𝐜𝐞_𝟐 = "B"
