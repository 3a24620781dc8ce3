# what: two notebooks with as many answers, and unlike ones
# loses: *
# says: Several notebooks were submitted

# %% files
save(notebook, folder / "final.ipynb")
notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "x = 1"})
save(notebook, folder / "final-2.ipynb")
