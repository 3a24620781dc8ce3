# what: a Value of one's own whose metaclass makes every instance, comparison and attribute a lie
# loses: mul.* pow.* relu.* training.*
# names: relu.in_place+relu.identity

# %% mul
class Meta(type):
    __eq__ = lambda cls, other: True
    __hash__ = lambda cls: 0
    __instancecheck__ = __subclasscheck__ = lambda cls, other: True
    __call__ = lambda cls, *args: type.__call__(cls)
    __getattribute__ = lambda cls, name: (lambda *args: 7.0)
    __dict__ = {"__mul__": lambda self, other: self, "__pow__": lambda self, other: self}
    mro = lambda cls: [cls, object]


class Value(metaclass=Meta):
    data = grad = 1.0
    _prev = ()
    _backward = backward = lambda self: None
    __mul__ = __rmul__ = __pow__ = __add__ = relu = lambda self, *other: self

# %% pow
# as above

# %% relu
# as above
