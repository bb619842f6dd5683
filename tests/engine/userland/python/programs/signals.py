import signal, os, time, sys
def handler(num, frame): print("signal", signal.Signals(num).name)
signal.signal(signal.SIGUSR1, handler); signal.signal(signal.SIGTERM, handler)
os.kill(os.getpid(), signal.SIGUSR1); os.kill(os.getpid(), signal.SIGTERM)
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, signal.SIGTERM, int(signal.SIGKILL))
signal.signal(signal.SIGALRM, lambda *a: print("alarm")); signal.alarm(1); signal.pause(); print("after")
try: os.kill(os.getpid(), signal.SIGINT); time.sleep(1)
except KeyboardInterrupt: print("interrupted")
