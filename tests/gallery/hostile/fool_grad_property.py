# what: `grad` as a property of the class that answers with something else than was stored; the operators are right
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% -
def always(self):
    return 7.0


setattr(Value, "grad", property(always, lambda self, value: None))
Value.data = property(always, lambda self, value: None)
Value._prev = Value._backward = property(always, lambda self, value: None)
