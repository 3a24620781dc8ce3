# what: the cell of the product was turned into a cell of text by a slip of the finger, its code is all there
# loses: mul.* training.*
# says: No __mul__ was found

# %% notebook
for cell in notebook["cells"]:
    if "answer:mul" in cell["metadata"].get("tags", []):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
