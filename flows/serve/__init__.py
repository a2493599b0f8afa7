"""``newsledger serve``: the runs, the inbox, the receiver of pushes and the editions in one process.

:mod:`flows.serve.service` wires its parts. An event only wakes the service up: what there
is to do stands in the ledger, in the raw store and in the inbox, so that a lost event costs time and no more.
"""
