"""Training and scoring of the English language model shipped in ``newsledger/extract/model``."""
