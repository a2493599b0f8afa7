"""Who is named and who speaks: actors and their names, pronouns, quotations, attributions."""
