# what: a link to a file of the grader's
# loses: *
# says: is a link

# %% files
(folder / "autodiff.ipynb").symlink_to("/etc/passwd")
