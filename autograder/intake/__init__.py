"""From a file that may be hostile to text and literals; nothing of it is run."""
