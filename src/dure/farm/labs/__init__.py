"""Labs: a notebook server for each person, behind the sandbox's walls, through JupyterHub. Decision 19 says why it is made so.

A lab is a job of the farm (class `lab`) with a kept home and a relay. `hub` is what runs among JupyterHub's packages, `inside` what
starts in the sandbox; both are free of Django.
"""
