# what: saved by Colab: its own metadata, identifiers in the metadata, no tags, sources as lists of lines
# loses: nothing

# %% notebook
notebook["metadata"] = {"colab": {"provenance": [], "toc_visible": True}, "kernelspec": {"name": "python3", "display_name": "Python 3"}, "accelerator": "GPU"}
notebook["nbformat_minor"] = 0
for number, cell in enumerate(notebook["cells"]):
    cell.pop("id", None)
    cell["metadata"] = {"id": f"q{number}", "colab": {"base_uri": "https://localhost:8080/"}, "outputId": "f00"}
    cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
colab = {"cell_type": "code", "execution_count": None, "metadata": {"id": "drive"}, "outputs": []}
mount = "from google.colab import drive, files\ndrive.mount('/content/drive')\n!pip install -q tensorflow\n%cd /content/drive"
notebook["cells"].insert(0, {**colab, "source": mount.splitlines(keepends=True)})
