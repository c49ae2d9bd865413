"""The local executor: one process per machine, on foundation's lease queue, in the order of `engines.scheduling`."""
