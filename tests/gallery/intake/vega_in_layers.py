# what: Vega charts of the compiled form: many objects within objects, each with few numbers; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
axis = {"scale": "x", "orient": "bottom", "values": [0, 5, 10], "encode": {"update": {"text": {"signal": "datum.value"}}}}
mark = {"type": "group", "marks": [{"type": "symbol", "encode": {"update": {"x": {"value": 1.5}}}}], "axes": [axis] * 4}
layers = [{**mark, "name": f"layer_{k}", "data": [{"name": f"s{k}", "values": [{"a": [k, [k]]}]}]} for k in range(10_000)]
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
data = {"application/vnd.vega.v5+json": {"width": 400, "marks": layers, "signals": [{"name": "grid", "on": []}]}}
cell["outputs"] = [{"output_type": "display_data", "metadata": {"jupyter-vega": "#vis"}, "data": data}]
