# what: one message of 300 MB that never ends, while it is loaded and in an operator
# loses: mul.* training.*
# says: wrote to the grader's channel and was left out

# %% +
import sys


def found():
    frame = sys._getframe()
    while "request" not in frame.f_locals or "write" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["write"], frame.f_locals["request"]["id"]


def flood():
    write, id = found()
    write(f'{{"id": "{id}", "raised": ["ValueError", "'.encode())
    for _ in range(300):
        write(b"x" * 1_000_000)


def __mul__(self, other):
    flood()
    return self


setattr(Value, "__mul__", __mul__)
flooded = flood()
