import threading, queue, time
from concurrent.futures import ThreadPoolExecutor, as_completed
results = []; lock = threading.Lock()
def work(n):
    time.sleep(0.01 * n)
    with lock: results.append(n)
ts = [threading.Thread(target=work, args=(i,)) for i in (3, 1, 2)]
[t.start() for t in ts]; [t.join() for t in ts]; print(results)
q = queue.Queue()
def producer():
    for i in range(3): q.put(i)
    q.put(None)
threading.Thread(target=producer).start()
while (item := q.get()) is not None: print("got", item)
with ThreadPoolExecutor(max_workers=2) as ex:
    print(list(ex.map(lambda x: x * x, range(5))), ex.submit(pow, 2, 5).result())
e = threading.Event(); threading.Timer(0.01, e.set).start(); print(e.wait(1), threading.current_thread().name)
def bad(): raise ValueError("in thread")
t = threading.Thread(target=work, args=(0,), name="worker"); t.start(); t.join(); print("end", t.is_alive())
