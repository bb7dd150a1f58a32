"""`python -m kaname`: the command without its script."""

import sys

from kaname.site.cli import main

if __name__ == "__main__":
    sys.exit(main())
