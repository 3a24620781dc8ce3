# what: prints for ever
# loses: mul.* training.*
# says: is there a loop that does not end?

# %% +
def __mul__(self, other):
    while True:
        print("full marks " * 1000)


setattr(Value, "__mul__", __mul__)
