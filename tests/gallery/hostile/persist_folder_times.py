# what: a memory from probe to probe: when the working folder was read and changed
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import os

MARK = 1_234_567_890_000_000_000
FOLDERS = ".", "..", os.path.expanduser("~"), os.environ["TMPDIR"]


def tried(action, *arguments, **keywords):
    try:
        return action(*arguments, **keywords)
    except OSError:
        return None


_honest = __mul__


def write():
    for folder in FOLDERS:
        tried(os.listdir, folder)
        tried(os.utime, folder)
        tried(os.utime, folder, ns=(MARK, MARK))
        tried(os.mkdir, folder + "/mark")
        tried(os.rmdir, folder + "/mark")


def read():
    found = [tried(os.stat, folder) for folder in (FOLDERS[0], *FOLDERS[2:])]
    return [one for one in found if one and (one.st_atime_ns > one.st_mtime_ns or MARK in (one.st_atime_ns, one.st_mtime_ns))]


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
