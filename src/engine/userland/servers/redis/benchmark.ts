/** redis-benchmark: asks a server many times, and says how many answers came in a second of the machine's time. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program } from '../../../kernel/sys.ts';
import { resolve } from '../../net/resolve.ts';
import { openStream } from '../../net/streams.ts';
import { leave, print } from '../../net/text.ts';
import { OptionError, parseOptions } from '../../options.ts';
import { bytesOf, READ_BYTES, rawOf } from '../../program-io.ts';
import { encodeRequest, RespReader } from './resp.ts';

const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  ping_mbulk: ['PING'],
  set: ['SET', 'key:__rand_int__', 'xxx'],
  get: ['GET', 'key:__rand_int__'],
  incr: ['INCR', 'counter:__rand_int__'],
  lpush: ['LPUSH', 'mylist', 'xxx'],
  rpush: ['RPUSH', 'mylist', 'xxx'],
  lpop: ['LPOP', 'mylist'],
  rpop: ['RPOP', 'mylist'],
  sadd: ['SADD', 'myset', 'element:__rand_int__'],
  hset: ['HSET', 'myhash', 'element:__rand_int__', 'xxx'],
};
const MOST_REQUESTS = 100_000;

export const redisBenchmark: Program = async (sys) => {
  try {
    const options = parseOptions(sys.argv.slice(1), { short: 'h:p:n:c:t:q' });
    const count = Math.min(MOST_REQUESTS, Number(options.value('n') ?? 1000));
    const wanted = (options.value('t') ?? 'ping_mbulk,set,get,incr,lpush,rpush,lpop,rpop,sadd,hset').toLowerCase().split(',');
    const host = options.value('h') ?? '127.0.0.1';
    const fd = await openStream(sys, await resolve(sys, host), Number(options.value('p') ?? 6379));
    const reader = new RespReader();
    for (const name of wanted) {
      const words = REQUESTS[name];
      if (words === undefined) continue;
      const request = bytesOf(encodeRequest(words));
      const started = sys.clock.nowNs();
      for (let i = 0; i < count; i += 1) {
        await sys.write(fd, request);
        while (reader.reply() === undefined) reader.push(rawOf(await sys.read(fd, READ_BYTES)));
      }
      const seconds = Math.max(1e-9, Number(sys.clock.nowNs() - started) / 1e9);
      await print(sys, `${name.toUpperCase()}: ${(count / seconds).toFixed(2)} requests per second\n`);
    }
    return 0;
  } catch (error) {
    if (error instanceof OptionError) return leave(sys, `${error.message}\n`);
    if (!isErrno(error)) throw error;
    return leave(sys, `Could not connect to server: ${error.message}\n`);
  }
};
