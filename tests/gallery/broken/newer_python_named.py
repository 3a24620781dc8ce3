# what: saved with a Python that is newer than any grader's, and written so that all can read it
# loses: nothing
# says: The notebook was saved with Python 3.99 and graded with 3.

# %% notebook
notebook["metadata"]["language_info"] = {"name": "python", "version": "3.99.1"}
