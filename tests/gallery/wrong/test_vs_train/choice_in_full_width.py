# what: the letter is a full-width one, as a Japanese keyboard types it
# loses: test_vs_train.choice_1

# %% choice_1
choice_1 = "Ｄ"
