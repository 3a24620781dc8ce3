"""The room that turns a file, which may be hostile, into text and literals. Nothing of it is run."""
