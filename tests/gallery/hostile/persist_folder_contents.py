# what: a memory from probe to probe: files, folders, links and pipes in the working folder, its attributes and its mode
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import os


def tried(action, *arguments, **keywords):
    try:
        return action(*arguments, **keywords)
    except OSError:
        return None


_honest = __mul__


def write():
    for folder in {".", os.environ["HOME"], os.environ["TMPDIR"]}:
        tried(os.mkdir, folder + "/mark.d")
        tried(os.symlink, "/", folder + "/mark.link")
        tried(os.mkfifo, folder + "/mark.fifo")
        tried(os.open, folder + "/mark", os.O_CREAT | os.O_WRONLY)
        tried(os.setxattr, folder, b"user.mark", b"1")
        tried(os.chmod, folder, 0o711)


def read():
    found = []
    for folder in {".", os.environ["HOME"], os.environ["TMPDIR"]}:
        found += tried(os.listdir, folder) or []
        found += tried(os.listxattr, folder) or []
        status = tried(os.stat, folder)
        found += [status.st_mode] if status and status.st_mode & 0o777 == 0o711 else []
    return found


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
