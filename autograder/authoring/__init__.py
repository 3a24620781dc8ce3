"""From the one source to everything that is shipped."""
