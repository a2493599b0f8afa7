"""Does a quantity state an indicator of the codebook? Signals are read, then weighed."""
