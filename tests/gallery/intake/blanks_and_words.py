# what: a comment of ninety thousand words, commas and blanks, a long line of tabs, and a line that asks for help; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

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
Value?

# %% notebook
for cell in notebook["cells"]:
    if "answer:mul" in cell["metadata"].get("tags", []):
        cell["source"] = "# " + "and so on, " * 30_000 + "\n" + "\t" * 100_000 + "\n" + cell["source"]
