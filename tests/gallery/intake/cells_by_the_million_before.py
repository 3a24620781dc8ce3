# what: three quarters of a million blank cells of code before those of an honest notebook
# loses: *
# says: more than 250,000 cells, lines and fields

# %% files
cell = json.dumps({"cell_type": "code", "source": ""}) + ","
before, after = json.dumps({**notebook, "cells": ["here", *notebook["cells"]]}).split('"here",')
(folder / "autodiff.ipynb").write_text(before + cell * 750_000 + after)
