"""Prefect flows: ``ingest`` for files, ``run`` for feeds. Thin: each task calls one function below.

Importing this package imports nothing heavy; :mod:`flows.ingest` and :mod:`flows.run` import Prefect.
"""
