# what: a notebook whose choice is a text of 50 MB
# loses: test_vs_train.choice_1
# says: Cells that were skipped: 1

# %% choice_1
choice_1 = "D"

# %% notebook
for cell in notebook["cells"]:
    if cell["source"] == 'choice_1 = "D"':
        cell["source"] = 'choice_1 = "' + "D" * 50_000_000 + '"'
