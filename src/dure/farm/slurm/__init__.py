"""Jobs on a Slurm cluster: a runner beside the local one, which hands jobs to Slurm and takes back what came of them.

Slurm decides who starts. A number of Slurm's is neither lasting nor unique, so that every try carries a name of ours; what we
believe of it is a row, and `reconciling` compares it with what Slurm says. Decision 16 says why it is made so.
"""
