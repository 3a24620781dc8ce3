# what: the web page of a notebook, saved as .ipynb
# loses: *
# says: is a web page

# %% files
(folder / "autodiff.ipynb").write_text("\n<!DOCTYPE html>\n<html><body>autodiff.ipynb - Colab</body></html>")
