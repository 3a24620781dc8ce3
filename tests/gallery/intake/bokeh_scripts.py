# what: Bokeh plots: HTML with a script that holds the whole document, 60,000 numbers as text in it; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
numbers = ",".join(str(k / 7) for k in range(60_000))
document = '{"version":"3.4.1","roots":[{"type":"object","name":"Figure","attributes":{"y":[' + numbers + "]}}]}"
script = f"""<script type="application/javascript">(function(root) {{
  const docs_json = {{"a1": {document}}};
  const render_items = [{{"docid": "a1", "roots": {{"p1": "b2"}}, "root_ids": ["p1"]}}];
  if (root["Bokeh"] !== undefined && 1 < 2 && "]}}\\"]" != '[{{"') {{ root.Bokeh.embed.embed_items_notebook(docs_json) }}
}})(window);</script>"""
for cell in [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][:8]:
    data = {"application/vnd.bokehjs_exec.v0+json": "", "text/html": [f'<div id="b2"></div>\n{script}']}
    metadata = {"application/vnd.bokehjs_exec.v0+json": {"id": "p1"}}
    cell["outputs"] = [{"output_type": "display_data", "metadata": metadata, "data": data}]
