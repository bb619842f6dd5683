import asyncio
async def work(name, delay):
    print("start", name)
    await asyncio.sleep(delay)
    print("end", name)
    return name
async def agen():
    for i in range(3):
        await asyncio.sleep(0)
        yield i
class ACM:
    async def __aenter__(self): print("aenter"); return 5
    async def __aexit__(self, *a): print("aexit")
async def main():
    print(await asyncio.gather(work("a", 0.03), work("b", 0.01)))
    t = asyncio.create_task(work("c", 0.01)); await t; print(t.result(), t.done())
    async for i in agen(): print(i)
    print([x async for x in agen()])
    async with ACM() as v: print(v)
    try: await asyncio.wait_for(asyncio.sleep(5), 0.01)
    except asyncio.TimeoutError: print("timeout")
    async with asyncio.TaskGroup() as tg: tg.create_task(work("d", 0))
    q = asyncio.Queue(); await q.put(1); print(await q.get())
    print("end of main")
asyncio.run(main())
