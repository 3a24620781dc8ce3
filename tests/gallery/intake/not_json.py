# what: a text that is no JSON under the name of a notebook
# loses: *
# says: its text is not JSON

# %% files
(folder / "autodiff.ipynb").write_text("Dear staff, my notebook does not open.")
