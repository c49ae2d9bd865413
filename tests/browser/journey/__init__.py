"""The steps of the journey, told in the order they happen; test_journey.py walks them."""
