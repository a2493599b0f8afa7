"""Versions of an article: in which order they stand, and what its outlet changed between two of them.

``chain`` orders what was seen of a document, whatever came in first; ``compare`` names the edits.
"""
