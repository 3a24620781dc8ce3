# what: the cell of relu was turned into a raw cell
# loses: nothing
# says: The cell of relu is no code cell any more, but a raw cell. It is read all the same.

# %% notebook
for cell in notebook["cells"]:
    if "answer:relu" in cell["metadata"].get("tags", []):
        cell["cell_type"] = "raw"
        del cell["outputs"], cell["execution_count"]
