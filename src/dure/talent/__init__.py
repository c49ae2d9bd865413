"""Supply and demand of people: evidence, openings, recommendations with reasons, applications, placement rounds, audits.

One folder per concept: `profiles` (evidence, skill, consent), `openings`, `matching` (recommendations), `applications`, `rounds`
(batch placement) and `audits`. Models of all of them are in `models`.
"""
