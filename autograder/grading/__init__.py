"""The room that takes a submission from its text to its report."""
