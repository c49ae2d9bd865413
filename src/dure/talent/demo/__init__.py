"""What happens in talent in the demo alliance: played once, through the actions that people use, at the days its content names."""
