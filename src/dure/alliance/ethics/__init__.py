"""Ethics: an assessment before something goes public, a board with a member from outside, incidents."""
