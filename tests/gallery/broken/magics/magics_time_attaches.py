# what: `%time` before the line that attaches a method of another name
# loses: nothing

# %% relu
def my_relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


%time Value.relu = my_relu
