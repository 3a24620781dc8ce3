# what: su, sudo, mount, namespaces and system calls that would give it back what it lost
# loses: mul.*
# follows: training.*=2/3
# says: 0 ways worked

# %% +
import ctypes
import os
import subprocess

c = ctypes.CDLL(None)


def succeeds(action):
    try:
        return action() not in (-1, 32512)
    except (OSError, AttributeError):
        return False


def __mul__(self, other):
    ways = [
        lambda: subprocess.call(["su", "-c", "id"]),
        lambda: subprocess.call(["sudo", "-n", "id"]),
        lambda: os.execv("/bin/sh", ["sh"]),
        lambda: c.mount(b"none", b"/CANARY", b"tmpfs", 0, None),
        lambda: c.umount2(b"/proc", 2),
        lambda: c.unshare(0x10000000),
        lambda: c.chroot(b"/CANARY"),
        lambda: os.setuid(0) or 1 if os.getuid() else -1,
        lambda: os.setresgid(0, 0, 0) or 1 if os.getgid() else -1,
        lambda: os.setgroups([0]) or 1,
        lambda: os.chown("/CANARY/home/.bashrc", 0, 0) or 1,
    ]
    raise RuntimeError(f"{sum(map(succeeds, ways))} ways worked")


setattr(Value, "__mul__", __mul__)
