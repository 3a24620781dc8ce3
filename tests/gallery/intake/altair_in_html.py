# what: Altair charts as HTML: the same rows as JSON in a script, with every quote escaped; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
rows = json.dumps([{"epoch": k, "loss": k / 3, "set": "train"} for k in range(40_000)])
script = "<script>(function(spec, embedOpt){ vegaEmbed('#vis', spec) })(" + rows + ', {"mode": "vega-lite"});</script>'
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
html = {"text/html": ["\n", '<div id="vis"></div>\n', script], "text/plain": ["alt.Chart(...)"]}
cell["outputs"] = [{"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": html}] * 3
