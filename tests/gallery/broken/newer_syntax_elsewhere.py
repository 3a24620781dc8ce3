# what: syntax of Python 3.12 to 3.14 in cells of the student's own only
# loses: relu.* training.*
# says: cannot be read

# %% relu
def relu(self): ...

# %% -
type Losses = list[float]

# %% +
losses = {"train": 96.4, "test": 107.0}
print(f"train {losses["train"]}, test {losses["test"]}")

# %% +
try:
    show(losses)
except NameError, TypeError:
    print(t"no {losses}")
