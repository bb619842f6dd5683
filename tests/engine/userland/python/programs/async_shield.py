import asyncio
import gc


async def work(log):
    await asyncio.sleep(0.05)
    log.append("saved")
    return 42


async def main():
    log = []
    print(await asyncio.shield(work(log)), log)
    inner = asyncio.ensure_future(work(log))
    try:
        await asyncio.wait_for(asyncio.shield(inner), timeout=0.01)
    except asyncio.TimeoutError:
        print("timeout", inner.done(), inner.cancelled())
    print(await inner, log)

    async def fails():
        raise ValueError("no")
    try:
        await asyncio.shield(fails())
    except ValueError as error:
        print("failed:", error)


asyncio.run(main())
gc.disable()
print(gc.isenabled())
gc.enable()
print(gc.isenabled())
