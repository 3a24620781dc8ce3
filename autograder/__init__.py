"""Autograder for the assignment "Automatic differentiation from scratch"."""
