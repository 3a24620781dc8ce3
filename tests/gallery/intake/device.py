# what: a link to a device that never ends
# loses: *
# says: is a link

# %% files
(folder / "autodiff.ipynb").symlink_to("/dev/zero")
