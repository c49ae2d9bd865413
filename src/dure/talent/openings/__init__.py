"""Seats that organisations offer: jobs, internships, exchanges, secondments, scholarships, seats in teams, mentors."""
