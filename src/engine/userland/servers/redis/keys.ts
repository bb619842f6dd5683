/** Commands on keys of any type. */
import { type Call, type Commands, reads, syntaxError, word, writes } from './command.ts';
import { array, bulk, int, NIL, OK, RedisError, type Reply, status, strings } from './resp.ts';
import { matchesGlob, smallInteger, type Value } from './store.ts';

const key = ({ args }: Call): string => word(args, 0);
const countOf = (call: Call, is: (key: string) => boolean): Reply => int(call.args.filter(is).length);

const GONE = -2;
const FOREVER = -1;

/** What is left of a key's time, in `perMs`-th of a millisecond; or the instant itself. */
const timeOf = (perMs: number, from: 'now' | 'epoch') =>
  reads(2, (call) => {
    if (call.db.get(key(call)) === undefined) return int(GONE);
    const at = call.db.expiry(key(call));
    if (at === undefined) return int(FOREVER);
    const ms = from === 'now' ? at - call.nowMs : at;
    return int(perMs === 1 ? ms : from === 'now' ? Math.floor((ms + 500) / perMs) : Math.floor(ms / perMs));
  });

const CONDITIONS: Readonly<Record<string, (before: number | undefined, atMs: number) => boolean>> = {
  NX: (before) => before === undefined,
  XX: (before) => before !== undefined,
  GT: (before, at) => before !== undefined && at > before,
  LT: (before, at) => before === undefined || at < before,
};

const expireBy = (perMs: number, from: 'now' | 'epoch') =>
  writes(-3, (call) => {
    const value = smallInteger(word(call.args, 1)) * perMs;
    const atMs = from === 'now' ? call.nowMs + value : value;
    const condition = call.args[2]?.toUpperCase();
    if (condition !== undefined && !(condition in CONDITIONS)) throw new RedisError(`ERR Unsupported option ${call.args[2]}`);
    if (call.db.get(key(call)) === undefined) return int(0);
    if (condition !== undefined && !CONDITIONS[condition]?.(call.db.expiry(key(call)), atMs)) return int(0);
    call.db.expireAt(key(call), atMs);
    call.replaceBy(['PEXPIREAT', key(call), String(atMs)]);
    return int(1);
  });

function rename(call: Call, onlyIfFree: boolean): Reply {
  const [from = '', to = ''] = call.args;
  const value = call.db.get(from);
  if (value === undefined) throw new RedisError('ERR no such key');
  if (onlyIfFree && call.db.get(to) !== undefined) return int(0);
  const at = call.db.expiry(from);
  call.db.delete(from);
  call.db.set(to, value);
  if (at !== undefined) call.db.expireAt(to, at);
  return onlyIfFree ? int(1) : OK;
}

export const copyOf = (value: Value): Value => {
  switch (value.type) {
    case 'string':
      return { ...value };
    case 'list':
      return { type: 'list', items: [...value.items] };
    case 'hash':
      return { type: 'hash', fields: new Map(value.fields) };
    case 'set':
      return { type: 'set', members: new Set(value.members) };
    case 'zset':
      return { type: 'zset', scores: new Map(value.scores) };
  }
};

function copy({ args, db }: Call): Reply {
  const [from = '', to = '', option] = args;
  const value = db.get(from);
  if (value === undefined || (db.get(to) !== undefined && option?.toUpperCase() !== 'REPLACE')) return int(0);
  db.set(to, copyOf(value));
  const at = db.expiry(from);
  if (at !== undefined) db.expireAt(to, at);
  return int(1);
}

const LARGEST_PACKED = 128;
const LARGEST_EMBEDDED = 44;

/** How Redis keeps a value, as far as it depends on what the value is. */
function encodingOf(value: Value): string {
  const isInt = (text: string): boolean => /^-?(0|[1-9]\d{0,18})$/.test(text);
  switch (value.type) {
    case 'string':
      return isInt(value.text) ? 'int' : value.text.length <= LARGEST_EMBEDDED ? 'embstr' : 'raw';
    case 'list':
      return value.items.length <= LARGEST_PACKED ? 'listpack' : 'quicklist';
    case 'hash':
      return value.fields.size <= LARGEST_PACKED ? 'listpack' : 'hashtable';
    case 'set':
      if ([...value.members].every(isInt) && value.members.size <= 4 * LARGEST_PACKED) return 'intset';
      return value.members.size <= LARGEST_PACKED ? 'listpack' : 'hashtable';
    case 'zset':
      return value.scores.size <= LARGEST_PACKED ? 'listpack' : 'skiplist';
  }
}

function object(call: Call): Reply {
  const [verb = '', name = ''] = call.args;
  const value = call.db.get(name);
  switch (verb.toUpperCase()) {
    case 'ENCODING':
      return value === undefined ? NIL : bulk(encodingOf(value));
    case 'REFCOUNT':
      return value === undefined ? NIL : int(1);
    case 'IDLETIME':
      return value === undefined ? NIL : int(0);
    default:
      throw new RedisError(`ERR unknown subcommand '${verb}'. Try OBJECT HELP.`);
  }
}

interface ScanOptions {
  readonly match: string;
  readonly type: string | undefined;
}

/** `MATCH`, `COUNT` and `TYPE` of the SCAN family. A cursor is always 0: all is said at once. */
export function scanOptions(words: readonly string[]): ScanOptions {
  let [match, type] = ['*', undefined as string | undefined];
  for (let i = 0; i < words.length; i += 2) {
    const option = word(words, i).toUpperCase();
    const value = word(words, i + 1);
    if (option === 'MATCH') match = value;
    else if (option === 'TYPE') type = value.toLowerCase();
    else if (option !== 'COUNT' || smallInteger(value) < 1) throw syntaxError();
  }
  return { match, type };
}

function scan({ args, db }: Call): Reply {
  const { match, type } = scanOptions(args.slice(1));
  const keys = db.keys().filter((one) => matchesGlob(match, one) && (type === undefined || db.get(one)?.type === type));
  return array([bulk('0'), strings(keys)]);
}

const clear = ({ args, db }: Call): Reply => {
  if (args[0] !== undefined && !/^a?sync$/i.test(args[0])) throw syntaxError();
  db.clear();
  return OK;
};

export const KEY_COMMANDS: Commands = {
  del: writes(-2, (call) => countOf(call, (one) => call.db.delete(one))),
  unlink: writes(-2, (call) => countOf(call, (one) => call.db.delete(one))),
  exists: reads(-2, (call) => countOf(call, (one) => call.db.get(one) !== undefined)),
  touch: reads(-2, (call) => countOf(call, (one) => call.db.get(one) !== undefined)),
  type: reads(2, (call) => status(call.db.get(key(call))?.type ?? 'none')),
  keys: reads(2, (call) => strings(call.db.keys().filter((one) => matchesGlob(key(call), one)))),
  scan: reads(-2, scan),
  randomkey: reads(1, ({ db, chance }) => bulk(db.keys()[chance(Math.max(1, db.size))] ?? null)),
  dbsize: reads(1, ({ db }) => int(db.size)),
  flushdb: writes(-1, clear),
  ttl: timeOf(1000, 'now'),
  pttl: timeOf(1, 'now'),
  expiretime: timeOf(1000, 'epoch'),
  pexpiretime: timeOf(1, 'epoch'),
  expire: expireBy(1000, 'now'),
  pexpire: expireBy(1, 'now'),
  expireat: expireBy(1000, 'epoch'),
  pexpireat: expireBy(1, 'epoch'),
  persist: writes(2, (call) => int(call.db.get(key(call)) !== undefined && call.db.persist(key(call)) ? 1 : 0)),
  rename: writes(3, (call) => rename(call, false)),
  renamenx: writes(3, (call) => rename(call, true)),
  copy: writes(-3, copy),
  object: reads(-2, object),
};
