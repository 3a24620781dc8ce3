# what: a zip archive renamed to .ipynb
# loses: *
# says: is a zip archive

# %% files
import zipfile

with zipfile.ZipFile(folder / "autodiff.ipynb", "w") as archive:
    archive.writestr("autodiff.ipynb", json.dumps(notebook))
