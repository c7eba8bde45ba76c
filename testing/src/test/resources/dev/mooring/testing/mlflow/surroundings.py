"""Prints what a script sees of its surroundings, then ends as its argument says."""

import os
import sys
import time

print(sorted(name for name in os.environ if name.startswith("MLFLOW")), os.listdir("."))
if sys.argv[1] == "fail":
    sys.exit("failed as it was asked to")
if sys.argv[1] == "hang":
    time.sleep(60)
