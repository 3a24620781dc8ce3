# what: functions made in a loop all see its last operand
# loses: mul.local_gradients mul.gradient_with_number
# follows: training.*=2/3 mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# names: mul.right_twice

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    steps = []
    for operand, local in [(self, other.data), (other, self.data)]:

        def step():
            operand.grad += local * out.grad

        steps.append(step)
    out._backward = lambda: [step() for step in steps]
    return out


setattr(Value, "__mul__", __mul__)
