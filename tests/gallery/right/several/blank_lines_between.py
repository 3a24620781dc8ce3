# what: forty thousand blank lines within a definition and below it, and a shell line after them
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
!pip list

# %% notebook
for cell in notebook["cells"]:
    if "answer:mul" in cell["metadata"].get("tags", []):
        cell["source"] = cell["source"].replace("\n\n", "\n" * 20_000)
