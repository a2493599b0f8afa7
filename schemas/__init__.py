"""What the records of newsledger are: typed, frozen, and free of any code that makes them.

Records that pass between rooms are frozen dataclasses (:mod:`schemas.item`, :mod:`schemas.document`,
:mod:`schemas.figure`, :mod:`schemas.position`, :mod:`schemas.reading`, :mod:`schemas.audit`,
:mod:`schemas.run`, :mod:`schemas.edition`). Files that people edit are pydantic models
(:mod:`schemas.codebook`, :mod:`schemas.config`), read by :mod:`schemas.yaml_file`, so that an error
names file, line, key and the nearest valid key. :mod:`schemas.contract` holds the published views
and their columns, from which comments, dictionary and tests are made.
"""
