# what: a class Value without operators at the end, to try out `__repr__`
# loses: nothing

# %% +
class Value:
    def __init__(self, data):
        self.data = data

    def __repr__(self):
        return f'<{self.data}>'


print(Value(3))
