# what: Plotly figures of 3,000 points under every code cell, each number as Plotly writes it: whole, short or long; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
x = [k if k % 3 else k / 7 for k in range(3000)]
y = [-1.5e-07 * k if k % 2 else None for k in range(3000)]
for cell in notebook["cells"]:
    if cell["cell_type"] == "code":
        figure = {"data": [{"type": "scatter", "x": x, "y": y, "line": {"dash": "dot"}}], "layout": {"xaxis": {}}}
        data = {"application/vnd.plotly.v1+json": figure}
        cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
