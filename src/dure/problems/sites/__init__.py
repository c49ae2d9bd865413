"""Challenges whose hidden rows stay at sites of their owners (decision 21).

`settling` keeps what owners are asked in step with how the challenge is scored, `asking` sends submitted code to every site, and
`following` puts the scores that come back together. No row and no answer is ever here.
"""
