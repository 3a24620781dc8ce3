# what: `%time` attaches a product that adds
# loses: mul.forward mul.forward_numbers
# follows: training.*=2/3 mul.forward_range mul.shared_graph mul.independent_nodes
# names: mul.adds

# %% mul
def product(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data + other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


%time Value.__mul__ = product
