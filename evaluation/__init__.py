"""Measures of what the library finds, answers and refuses, and of how long it takes."""
