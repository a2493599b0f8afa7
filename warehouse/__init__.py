"""The ledger in DuckDB: stage a batch, promote it in one transaction, load editions, write the snapshot.

The SQL lives beside the code: ``migrations/*.sql`` makes the base tables (schema ``ledger``),
``views/*.sql`` the rules of numbers and the published views, ``views/day/*.sql`` derives one edition day
(readings, stands, changes, disagreements) and ``views/audit/*.sql`` what the audit looks at.
"""
