"""Figures: what a number counts, what is said of it, when, where, by whom, and which indicator it is."""
