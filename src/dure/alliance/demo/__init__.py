"""The alliances of the public record in the demo: members, agreements and pledges, played through the actions that people use."""
