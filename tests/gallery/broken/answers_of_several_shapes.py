# what: choices in lower case and brackets, numbers as text, as expressions, and as NumPy shows them
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% evidence
train_before = "497.7"
test_before = np.float64(522.5)
train_after: float = round(93.4412, 1)
test_after = 106 + 0.7

# %% choice_1
choice_1 = "(d)"

# %% choice_2
choice_2 = 'b.'
