"""The farm: programs of strangers run here as jobs, in the sandbox, shared fairly among members.

`farm.api` is the door. A job says what is to run and what it may use; an executor runs it and tells what came of it. The local
executor is the process `manage runner` on foundation's lease queue.
"""
