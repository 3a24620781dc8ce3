# what: a list of a million numbers as the result of a cell: text/plain, and the same once more as a table in HTML; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
shown = ["[" + str(0.5) + ",\n", *(f" {k / 7},\n" for k in range(1_000_000)), " 1]"]
table = "<table>" + "".join(f"<tr><td>{k}</td></tr>" for k in range(200_000)) + "</table>"
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
data = {"text/plain": shown, "text/html": table}
cell["outputs"] = [{"output_type": "execute_result", "execution_count": 9, "metadata": {}, "data": data}]
