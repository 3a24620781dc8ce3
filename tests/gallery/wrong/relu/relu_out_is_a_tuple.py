# what: the word Value is missing before number and children
# loses: relu.*
# follows: training.*=2/3
# names: relu.out_is_a_tuple

# %% relu
def relu(self):
    out = (max(0, self.data), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
