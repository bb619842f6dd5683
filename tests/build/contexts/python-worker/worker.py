import os
import sys

print("worker", sys.argv[1], "in", os.getcwd())
