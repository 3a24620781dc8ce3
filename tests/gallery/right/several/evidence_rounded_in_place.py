# what: the numbers typed in, then shown, compared and added to in ways that assign no name anew
# loses: nothing

# %% +
print(round(train_before, 1), test_before - train_before)
train_after += 0
for train_before in ():
    pass
if test_before == train_before:
    test_before = 0
