# what: overflows the C stack: at load by nested code and objects, in an operator by a chain of C calls
# loses: mul.* training.*
# says: the Python process ended before there was a result

# %% +
import sys

nested = eval("[" * 90 + "]" * 90)
for_ever = [sys.setrecursionlimit(10**9)]


class Chain:
    def __getattr__(self, name):
        return getattr(self, name + "x" if len(name) < 5 else name)

    __repr__ = lambda self: repr([self])
    __hash__ = lambda self: hash((self,))


text = repr(Chain())


def __mul__(self, other):
    return Value(hash(Chain()))


setattr(Value, "__mul__", __mul__)
