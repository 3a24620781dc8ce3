# what: a hundred cells of experiments between the given ones, and an older try of an answer above the last one
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% -
def __mul__(self, other):
    return Value(self.data + other.data)  # an old try


setattr(Value, "__mul__", __mul__)
choice_1 = "A"
train_before = 1.0

# %% notebook
blank = {"cell_type": "code", "metadata": {}, "execution_count": 7, "outputs": []}
cells = [c for k, cell in enumerate(notebook["cells"]) for c in (cell, {**blank, "id": f"x{k}", "source": f"x_{k} = {k}"})]
notebook["cells"] = cells
