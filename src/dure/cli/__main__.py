"""`python -m dure.cli`."""

import sys

from dure.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
