# what: a zip of 300 KB that unfolds to 300 MB
# loses: *
# says: too large

# %% files
import zipfile

with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    with archive.open("autodiff.ipynb", "w", force_zip64=True) as file:
        for _ in range(300):
            file.write(b"0" * 2**20)
