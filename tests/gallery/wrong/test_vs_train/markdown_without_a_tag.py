# what: the letter stands in a text that has no tag
# loses: test_vs_train.choice_1 relu.* training.*
# says: Still blank: choice_1

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = ...

# %% notebook
notebook["cells"].append({"cell_type": "markdown", "id": "new", "metadata": {}, "source": 'choice_1 = "D"'})
