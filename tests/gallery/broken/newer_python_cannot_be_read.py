# what: saved with a Python that is newer than any grader's, and relu is written in words that only that one knows
# loses: relu.* training.*
# says: The notebook was saved with Python 3.99 and graded with 3.

# %% relu
def relu(self) given Value:
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)

# %% notebook
notebook["metadata"]["language_info"] = {"name": "python", "version": "3.99.1"}
