# what: cells that are an object
# loses: *
# says: holds no list of cells

# %% files
save({**notebook, "cells": dict(enumerate(notebook["cells"]))}, folder / "autodiff.ipynb")
