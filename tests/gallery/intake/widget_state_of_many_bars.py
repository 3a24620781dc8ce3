# what: the state of 30,000 progress bars in the notebook's metadata, as tqdm leaves it in Colab; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
def bar(k):
    state = {"_dom_classes": [], "_model_name": "FloatProgressModel", "layout": f"IPY_MODEL_{k}", "max": 404, "value": k}
    return {"model_module": "@jupyter-widgets/controls", "model_name": "FloatProgressModel", "state": state}


notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {f"{k:032x}": bar(k) for k in range(30_000)}}
