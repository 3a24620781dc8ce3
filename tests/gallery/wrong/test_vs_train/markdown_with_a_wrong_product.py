# what: the cell of the product was turned into text, and its gradients change places
# loses: mul.local_gradients mul.gradient_with_number relu.* training.*
# follows: mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# names: mul.swapped
# says: The cell of mul is no code cell any more

# %% relu
def relu(self): ...

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += self.data * out.grad
        other.grad += other.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% notebook
for cell in notebook["cells"]:
    if "answer:mul" in cell["metadata"].get("tags", []):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
