"""Reprints in the ledger: the index, standing text, renewed sketches, chains and originals."""
