# what: a thousand times all gradients of an epoch, from the five hundredth product on, which only training reaches
# loses: training.*
# says: your code wrote to the grader's own channel

# %% +
import sys

_calls = [0]
_honest = __mul__

def found():
    frame = sys._getframe()
    while "request" not in frame.f_locals or "write" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["write"], frame.f_locals["request"]["id"]


def __mul__(self, other):
    _calls[0] += 1
    if _calls[0] == 500:
        write, id = found()
        values = ", ".join(f'"layers[{k}].weights[0][0].grad": 0.12345678901234567' for k in range(2000))
        for _ in range(1000):
            write(f'{{"id": "{id}", "values": {{"loss": 497.6749, {values}}}}}\n'.encode())
    return _honest(self, other)


setattr(Value, "__mul__", __mul__)
