"""Numbers in text: the grammar, what is no quantity, units, qualifiers, dates."""
