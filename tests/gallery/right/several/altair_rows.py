# what: an Altair chart of Vega-Lite: its data are 50,000 rows, an object each
# loses: nothing

# %% notebook
rows = [{"epoch": k, "loss": k / 3, "set": "train" if k % 2 else "test", "note": None} for k in range(50_000)]
chart = {"$schema": "https://vega.github.io/schema/vega-lite/v5.20.1.json", "mark": {"type": "line"}}
chart |= {"data": {"name": "data-1"}, "datasets": {"data-1": rows}, "encoding": {"x": {"field": "epoch"}}}
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
data = {"application/vnd.vegalite.v5+json": chart, "text/plain": ["<VegaLite 5 object>\n", "If you see this message"]}
cell["outputs"] = [{"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": data}]
