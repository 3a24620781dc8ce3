# what: the textbook's answer to the second question, which the evidence refutes: the weights are fitted to the training houses
# loses: test_vs_train.choice_2

# %% choice_2
choice_2 = "C. The weights are fitted to the training houses and to no others"
