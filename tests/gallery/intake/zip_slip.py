# what: a zip whose other files would be written outside of the folder, as files and through links
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
import zipfile

with zipfile.ZipFile(folder / "all.zip", "w") as archive:
    archive.writestr("autodiff.ipynb", json.dumps(notebook))
    archive.writestr("../../../../../../tmp/autograder-slipped.ipynb", "{}")
    archive.writestr("/tmp/autograder-slipped.ipynb", "{}")
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    archive.writestr(link, "/tmp")
    archive.writestr("link/autograder-slipped.ipynb", "{}")
