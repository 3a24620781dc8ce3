"""This assignment, and all that the package knows of it."""
