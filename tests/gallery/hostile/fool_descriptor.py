# what: a descriptor in the place of the operator, different at every look
# loses: mul.[!n]* training.*

# %% mul
class Times:
    looks = 0

    def __get__(self, node, kind=None):
        Times.looks += 1
        return lambda other: kind(float(Times.looks))

    __call__ = lambda self, *args: 1.0
    __code__ = __name__ = "__mul__"


Value.__mul__ = Times()
