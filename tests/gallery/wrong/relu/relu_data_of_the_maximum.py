# what: `.data` is asked of the maximum of two numbers
# loses: relu.*
# follows: training.*=2/3
# names: relu.data_of_a_number

# %% relu
def relu(self):
    out = Value(max(0, self.data).data, (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
