# what: magics, shell lines and help in the cells of answers
# loses: nothing

# %% mul
%matplotlib inline
!pip install -q numpy
%load_ext autoreload
%autoreload 2
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


files = !ls
setattr(Value, "__mul__", __mul__)
Value?
%timeit Value(2) * Value(3)

# %% pow
%%time
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% +
%%bash
echo "cells of another language"

# %% +
%%html
<b>bold</b>

# %% evidence
%precision 1
train_before, test_before = 497.7, 522.5
train_after = 93.4; test_after = 106.7
