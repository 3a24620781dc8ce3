# what: every cell with an answer is indented as a whole, which a notebook runs all the same
# loses: nothing

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% notebook
for cell in notebook["cells"]:
    if any(tag.startswith("answer:") for tag in cell["metadata"].get("tags", [])) and cell["cell_type"] == "code":
        cell["source"] = "".join("    " + line for line in "".join(cell["source"]).splitlines(keepends=True))
