"""Teams for needs: proposed without names from people who said that they are open to it, and formed when all of them say yes."""
