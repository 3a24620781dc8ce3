# what: a named pipe that nobody writes to
# loses: *
# says: a folder, a pipe or a device

# %% files
import os

os.mkfifo(folder / "autodiff.ipynb")
