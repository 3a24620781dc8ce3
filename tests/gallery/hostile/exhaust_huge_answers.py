# what: a notebook whose choice is a text of 50 MB
# loses: *
# says: larger than 32 MB

# %% choice_1
choice_1 = "D"

# %% notebook
for cell in notebook["cells"]:
    if cell["source"] == 'choice_1 = "D"':
        cell["source"] = 'choice_1 = "' + "D" * 50_000_000 + '"'
