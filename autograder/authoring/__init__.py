"""The room that makes everything that is shipped from the one source."""
