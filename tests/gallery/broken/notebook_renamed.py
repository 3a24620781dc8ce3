# what: a name with blanks, brackets and letters of other scripts, and the extension that a browser adds
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
save(notebook, folder / "Kopie von Übung 3 – 自動微分 (1).ipynb.txt")
