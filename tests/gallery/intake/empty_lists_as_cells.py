# what: 32 MB of empty lists where the cells should be, and no cell
# loses: *
# says: more than 250,000 cells, lines and fields

# %% files
(folder / "autodiff.ipynb").write_text('{"nbformat": 4, "cells": [' + "[]," * (32 * 2**20 // 3) + "[]]}")
