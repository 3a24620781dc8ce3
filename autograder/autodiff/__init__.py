"""The room of this assignment. No other room knows anything about it."""
