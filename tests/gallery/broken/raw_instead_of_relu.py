# what: the cell of relu was turned into a raw cell
# loses: relu.* training.*
# says: No relu was found

# %% notebook
for cell in notebook["cells"]:
    if "answer:relu" in cell["metadata"].get("tags", []):
        cell["cell_type"] = "raw"
        del cell["outputs"], cell["execution_count"]
