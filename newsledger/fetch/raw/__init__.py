"""The raw store: every answer as it came, in WARC files, and a journal of what was asked.

``journal`` has the lines of a journal, ``archive`` writes and takes up what a killed run left,
``readback`` answers from the store without network, ``retention`` removes what is old enough.
"""
