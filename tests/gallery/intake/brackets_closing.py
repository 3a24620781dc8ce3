# what: 32 MB of closing brackets and braces, after a notebook that has begun
# loses: *
# says: The notebook is damaged in line 1

# %% files
(folder / "autodiff.ipynb").write_text('{"cells": [' + "]}" * (16 * 2**20))
