# what: widgets in outputs and in the cells' own metadata, where some front ends keep their state; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
for number, cell in enumerate(notebook["cells"]):
    cell["metadata"] |= {"execution": {"iopub.status.busy": "2024-05-01T10:00:00Z"}, "scrolled": True}
    cell["metadata"]["state"] = [[k, {"k": k}] for k in range(3000)]
    if cell["cell_type"] == "code":
        view = {"application/vnd.jupyter.widget-view+json": {"model_id": f"{number:032x}", "version_major": 2}}
        cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": view}] * 50
