# what: computes for 0.75 s in every probe of every operator, as the processor's clock counts
# loses: mul.forward_range mul.local_gradients_range mul.gradient_with_number mul.square mul.shared_graph mul.independent_nodes pow.forward_exponents pow.local_gradient_exponents pow.chained pow.independent_nodes relu.forward_range relu.local_gradient_range relu.used_twice relu.independent_nodes
# says: The time for one submission was used up.

# %% +
import time


def compute():
    end = time.process_time() + 0.75
    while time.process_time() < end:
        pass


_mul, _pow, _relu = __mul__, __pow__, relu
_waited = []


def wait():
    if not _waited:
        _waited.append(compute())


def __mul__(self, other):
    wait()
    return _mul(self, other)


def __pow__(self, exponent):
    wait()
    return _pow(self, exponent)


def relu(self):
    wait()
    return _relu(self)


setattr(Value, "__mul__", __mul__)
setattr(Value, "__pow__", __pow__)
setattr(Value, "relu", relu)
