"""Words and sentences: parsed text, word lists and families, phrases of a codebook, clauses."""
