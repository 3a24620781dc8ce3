"""Trusted: starts workers, asks them, believes nothing that they say, and leaves nothing behind."""
