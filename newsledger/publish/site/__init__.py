"""The pages beside the editions: stories, indicators, issues, actors, outlets, changes, data, audit."""
