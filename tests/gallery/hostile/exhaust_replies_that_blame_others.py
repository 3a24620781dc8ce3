# what: says two million times that a statement of another cell comes next: it is the one that is left out, in vain
# loses: mul.* pow.* relu.* training.*
# says: The code could not be loaded

# %% +
import sys


def found():
    frame = sys._getframe()
    while "request" not in frame.f_locals or "write" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["write"], frame.f_locals["request"]["id"]


def flood():
    write, id = found()
    lines = f'{{"id": "{id}", "loading": [0, 0, "import csv"]}}\n'.encode() * 1000
    for _ in range(2000):
        write(lines)


flooded = flood()
