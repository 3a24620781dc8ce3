# what: a Plotly figure of 300,000 points under a cell, as its notebook renderer saves it
# loses: nothing

# %% notebook
import random

generator = random.Random(1)
trace = {"type": "scattergl", "mode": "markers", "name": "losses", "marker": {"size": 3}}
trace["x"] = [round(generator.gauss(0, 1), 6) for _ in range(300_000)]
trace["y"] = [generator.gauss(0, 1) for _ in range(300_000)]
figure = {"config": {"plotlyServerURL": "https://plot.ly"}, "data": [trace], "layout": {"title": {"text": "losses"}}}
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
data = {"application/vnd.plotly.v1+json": figure, "text/html": ["<div>\n", "<script>Plotly.newPlot(1)</script></div>"]}
cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
