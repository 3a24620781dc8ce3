# what: a shell line that goes on over three lines, and a magic that does, above the right power
# loses: nothing

# %% pow
!pip install numpy \
    matplotlib \
    igraph
%pip install \
    pytest
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
