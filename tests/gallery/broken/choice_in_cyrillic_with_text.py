# what: a Cyrillic letter with a Russian text, in which such a letter is a word
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_2
choice_2 = "В. В начале обновления ещё велики"
