/** Commands on strings. */
import { type Call, type Commands, pairs, reads, syntaxError, word, writes } from './command.ts';
import { bulk, int, NIL, OK, RedisError, type Reply, strings } from './resp.ts';
import { float, integer, scoreText, smallInteger, span } from './store.ts';

const textAt = ({ db }: Call, key: string): string | null => db.read(key, 'string')?.text ?? null;
const put = ({ db }: Call, key: string, text: string): void => db.set(key, { type: 'string', text }, { keepTtl: true });

const UNITS: Readonly<Record<string, (value: number, nowMs: number) => number>> = {
  EX: (value, now) => now + value * 1000,
  PX: (value, now) => now + value,
  EXAT: (value) => value * 1000,
  PXAT: (value) => value,
};

/** When `UNIT VALUE` is over. */
export function instant(unit: string, value: string, { nowMs, name }: { nowMs: number; name: string }): number {
  const count = smallInteger(value);
  if (count <= 0) throw new RedisError(`ERR invalid expire time in '${name}' command`);
  return UNITS[unit]?.(count, nowMs) ?? nowMs;
}

interface SetOptions {
  readonly flags: ReadonlySet<string>;
  readonly atMs: number | undefined;
}

function setOptions(words: readonly string[], nowMs: number): SetOptions {
  const flags = new Set<string>();
  let atMs: number | undefined;
  for (let i = 0; i < words.length; i += 1) {
    const option = word(words, i).toUpperCase();
    if (option in UNITS) {
      if (atMs !== undefined || flags.has('KEEPTTL')) throw syntaxError();
      i += 1;
      atMs = instant(option, word(words, i), { nowMs, name: 'set' });
    } else if (['NX', 'XX', 'GET', 'KEEPTTL'].includes(option)) flags.add(option);
    else throw syntaxError();
  }
  if ((flags.has('NX') && flags.has('XX')) || (flags.has('KEEPTTL') && atMs !== undefined)) throw syntaxError();
  return { flags, atMs };
}

function set(call: Call): Reply {
  const { args, db, nowMs } = call;
  const [key = '', text = '', ...rest] = args;
  const { flags, atMs } = setOptions(rest, nowMs);
  const before = flags.has('GET') ? textAt(call, key) : null;
  const isThere = db.get(key) !== undefined;
  if ((flags.has('NX') && isThere) || (flags.has('XX') && !isThere)) return flags.has('GET') ? bulk(before) : NIL;
  db.set(key, { type: 'string', text }, { keepTtl: flags.has('KEEPTTL') });
  if (atMs !== undefined) {
    db.expireAt(key, atMs);
    call.replaceBy(['SET', key, text, 'PXAT', String(atMs)]);
  }
  return flags.has('GET') ? bulk(before) : OK;
}

const setFor = (unit: 'EX' | 'PX', name: string) =>
  writes(4, (call) => {
    const [key = '', time = '', text = ''] = call.args;
    const atMs = instant(unit, time, { nowMs: call.nowMs, name });
    call.db.set(key, { type: 'string', text });
    call.db.expireAt(key, atMs);
    call.replaceBy(['SET', key, text, 'PXAT', String(atMs)]);
    return OK;
  });

function add(call: Call, key: string, by: bigint): Reply {
  const sum = integer(textAt(call, key) ?? '0') + by;
  if (BigInt.asIntN(64, sum) !== sum) throw new RedisError('ERR increment or decrement would overflow');
  put(call, key, String(sum));
  return int(sum);
}

function addFloat(call: Call): Reply {
  const [key = '', by = ''] = call.args;
  const sum = float(textAt(call, key) ?? '0') + float(by);
  if (!Number.isFinite(sum)) throw new RedisError('ERR increment would produce NaN or Infinity');
  const text = scoreText(Number(sum.toPrecision(17)));
  put(call, key, text);
  call.replaceBy(['SET', key, text, 'KEEPTTL']);
  return bulk(text);
}

function getEx(call: Call): Reply {
  const { args, db, nowMs } = call;
  const [key = '', option, value] = args;
  const text = textAt(call, key);
  if (text === null || option === undefined) return bulk(text);
  if (option.toUpperCase() === 'PERSIST') db.persist(key);
  else if (option.toUpperCase() in UNITS && value !== undefined) {
    const atMs = instant(option.toUpperCase(), value, { nowMs, name: 'getex' });
    db.expireAt(key, atMs);
    call.replaceBy(['PEXPIREAT', key, String(atMs)]);
  } else throw syntaxError();
  return bulk(text);
}

function setRange(call: Call): Reply {
  const [key = '', offset = '', piece = ''] = call.args;
  const at = smallInteger(offset);
  if (at < 0) throw new RedisError('ERR offset is out of range');
  const text = textAt(call, key) ?? '';
  if (piece === '') return int(text.length);
  const whole = text.padEnd(at, '\0').slice(0, at) + piece + text.slice(at + piece.length);
  put(call, key, whole);
  return int(whole.length);
}

const getRange = (call: Call): Reply => {
  const [key = '', from = '', to = ''] = call.args;
  const text = textAt(call, key) ?? '';
  return bulk(text.slice(...span(smallInteger(from), smallInteger(to), text.length)));
};

const setMany = ({ args, db }: Call): void => {
  for (const [key, text] of pairs(args)) db.set(key, { type: 'string', text });
};
const checkPairs = ({ args }: Call, name: string): void => {
  if (args.length % 2 !== 0) throw new RedisError(`ERR wrong number of arguments for '${name}' command`);
};

export const STRING_COMMANDS: Commands = {
  get: reads(2, (call) => bulk(textAt(call, word(call.args, 0)))),
  set: writes(-3, set),
  setnx: writes(3, (call) => {
    const [key = '', text = ''] = call.args;
    if (call.db.get(key) !== undefined) return int(0);
    put(call, key, text);
    return int(1);
  }),
  setex: setFor('EX', 'setex'),
  psetex: setFor('PX', 'psetex'),
  getset: writes(3, (call) => {
    const [key = '', text = ''] = call.args;
    const before = textAt(call, key);
    call.db.set(key, { type: 'string', text });
    return bulk(before);
  }),
  getdel: writes(2, (call) => {
    const text = textAt(call, word(call.args, 0));
    call.db.delete(word(call.args, 0));
    return bulk(text);
  }),
  getex: writes(-2, getEx),
  append: writes(3, (call) => {
    const [key = '', piece = ''] = call.args;
    const text = (textAt(call, key) ?? '') + piece;
    put(call, key, text);
    return int(text.length);
  }),
  strlen: reads(2, (call) => int((textAt(call, word(call.args, 0)) ?? '').length)),
  incr: writes(2, (call) => add(call, word(call.args, 0), 1n)),
  decr: writes(2, (call) => add(call, word(call.args, 0), -1n)),
  incrby: writes(3, (call) => add(call, word(call.args, 0), integer(word(call.args, 1)))),
  decrby: writes(3, (call) => add(call, word(call.args, 0), -integer(word(call.args, 1)))),
  incrbyfloat: writes(3, addFloat),
  mget: reads(-2, ({ args, db }) =>
    strings(
      args.map((key) => {
        const value = db.get(key);
        return value?.type === 'string' ? value.text : null;
      }),
    ),
  ),
  mset: writes(-3, (call) => {
    checkPairs(call, 'mset');
    setMany(call);
    return OK;
  }),
  msetnx: writes(-3, (call) => {
    checkPairs(call, 'msetnx');
    if (pairs(call.args).some(([key]) => call.db.get(key) !== undefined)) return int(0);
    setMany(call);
    return int(1);
  }),
  getrange: reads(4, getRange),
  substr: reads(4, getRange),
  setrange: writes(4, setRange),
};
