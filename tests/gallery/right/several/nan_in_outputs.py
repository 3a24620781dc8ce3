# what: NaN and Infinity as bare words in outputs, which Python writes and JSON does not know
# loses: nothing

# %% notebook
figure = {"data": [{"x": [1, float("nan"), float("inf")], "y": [float("-inf")] * 1000}], "layout": {"width": float("nan")}}
for cell in notebook["cells"]:
    if cell["cell_type"] == "code":
        data = {"application/vnd.plotly.v1+json": figure}
        cell["outputs"] = [{"output_type": "display_data", "metadata": {"size": float("inf")}, "data": data}]
