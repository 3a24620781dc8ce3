# what: ten thousand statements that are said to come next, each quoted with 250 KB of escapes
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
    quote = "\\ud83d\\ude00" * 20_000
    for number in range(10_000):
        write(f'{{"id": "{id}", "loading": [{number}, {number}, "{quote}"]}}\n'.encode())


flooded = flood()
