# what: several copies of one notebook, a blank one, and one of another lecture
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
for name in ("autodiff.ipynb", "autodiff (1).ipynb", "Copy of autodiff.ipynb"):
    save(notebook, folder / name)
save({"cells": []}, folder / "Untitled.ipynb")
save({"cells": [{"cell_type": "code", "source": "print(1)"}]}, folder / "lecture-7.ipynb")
