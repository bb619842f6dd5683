import sys, atexit
atexit.register(lambda: print("bye"))
print("to stderr", file=sys.stderr)
try: sys.exit("fatal: nothing to do")
finally: print("cleanup")
