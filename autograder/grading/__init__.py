"""The way of a submission from its text to its report."""
