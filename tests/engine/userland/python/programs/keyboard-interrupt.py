import os, signal
print("waiting")
os.kill(os.getpid(), signal.SIGINT)
