"""The room of those who ask for a report: the terminal, Gradescope and otter."""
