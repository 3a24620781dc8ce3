# what: a zip of the whole folder, with what a Mac puts beside it
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
import zipfile

with zipfile.ZipFile(folder / "all.zip", "w") as archive:
    archive.writestr("autodiff/autodiff.ipynb", json.dumps(notebook))
    archive.writestr("autodiff/.ipynb_checkpoints/autodiff-checkpoint.ipynb", "{}")
    archive.writestr("__MACOSX/autodiff/._autodiff.ipynb", b"\0\5\26\7")
    archive.writestr("autodiff/data/boston_housing.csv", "CRIM")
