# what: four hundred megabytes of measured values in an operator, in good form and with the id of the request
# loses: mul.* training.*
# says: your code wrote to the grader's own channel

# %% +
import sys


def found():
    frame = sys._getframe()
    while "request" not in frame.f_locals or "write" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["write"], frame.f_locals["request"]["id"]


def __mul__(self, other):
    write, id = found()
    values = ", ".join(f'"layers[{k}].weights[0][0].grad": 0.12345678901234567' for k in range(2000))
    line = f'{{"id": "{id}", "values": {{{values}}}}}\n'.encode()
    for _ in range(4_000):
        write(line)
    return self


setattr(Value, "__mul__", __mul__)
