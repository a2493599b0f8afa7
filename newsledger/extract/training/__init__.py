"""Training and scoring of the English language model shipped in ``newsledger/extract/model``.

``python -m newsledger.extract.training TREEBANK_DIR --out DIR`` trains; `score` measures a pipeline
on the dev parts of the treebanks, from raw text. Nothing here runs in production: the model is
loaded by ``spacy.load`` alone.
"""
