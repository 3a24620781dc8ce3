# what: exceptions whose text raises, never ends or is no text
# loses: mul.* pow.* relu.* training.*
# says: (its message cannot be read)

# %% mul
class Raising(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


def __mul__(self, other):
    raise Raising


setattr(Value, "__mul__", __mul__)

# %% pow
class Endless(Exception):
    def __str__(self):
        while True:
            pass


def __pow__(self, n):
    raise Endless


setattr(Value, "__pow__", __pow__)

# %% relu
class Text(str):
    def __getitem__(self, key):
        raise SystemExit

    __len__ = __iter__ = __getitem__


class Odd(Exception):
    def __str__(self):
        return Text("text")

    __class__ = property(lambda self: int)
    __traceback__ = __cause__ = property(lambda self: 1 / 0)


def relu(self):
    raise Odd


setattr(Value, "relu", relu)
