"""Untrusted: runs the student's code in a confined process, and knows no answer."""
