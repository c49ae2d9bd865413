"""Intakes: one run of an exchange, internship, scholarship or secondment, from the call to the return and a year after."""
