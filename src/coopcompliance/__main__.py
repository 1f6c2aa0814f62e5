"""`python -m coopcompliance`."""

import sys

from coopcompliance.cli.main import main

sys.exit(main())
