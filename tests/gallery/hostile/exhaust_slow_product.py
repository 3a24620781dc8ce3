# what: sleeps 1.6 s in every probe of the product: the other operators have time of their own, and all their points
# loses: mul.forward_range mul.local_gradients_range mul.gradient_with_number mul.square mul.shared_graph mul.independent_nodes
# says: The time for one submission was used up.

# %% +
import time

_mul = __mul__
_waited = []


def __mul__(self, other):
    if not _waited:
        _waited.append(time.sleep(1.6))
    return _mul(self, other)


setattr(Value, "__mul__", __mul__)
