# what: a Plotly heat map: a list of 500 lists of 500 numbers, with the template of colours that every figure carries; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
rows = [[(i * j) % 997 / 997 for j in range(500)] for i in range(500)]
scale = [[k / 10, f"#{k * 20:02x}{k * 10:02x}ff"] for k in range(11)]
template = {"data": {"heatmap": [{"type": "heatmap", "colorscale": scale, "colorbar": {"ticks": ""}}]}, "layout": {}}
figure = {"data": [{"type": "heatmap", "z": rows, "text": []}], "layout": {"template": template}, "frames": []}
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
data = {"application/vnd.plotly.v1+json": figure}
cell["outputs"] = [{"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}]
