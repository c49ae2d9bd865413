"""Education: courses in versions, lessons and quizzes, labs that the farm grades, what a person has shown.

Cohorts are in `learn.cohorts`, courses that partners run in `learn.partners`.
"""
