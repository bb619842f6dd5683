/** Commands on lists, hashes and sets. */
import { type Call, type Commands, pairs, reads, syntaxError, word, writes } from './command.ts';
import { scanOptions } from './keys.ts';
import { array, bulk, int, NIL, OK, RedisError, type Reply, strings } from './resp.ts';
import { float, integer, matchesGlob, scoreText, smallInteger, span, type ValueOf } from './store.ts';

const key = ({ args }: Call): string => word(args, 0);

const listAt = (call: Call, name = key(call)): string[] => call.db.read(name, 'list')?.items ?? [];
const openList = (call: Call, name = key(call)): ValueOf<'list'> => call.db.open(name, 'list', () => ({ type: 'list', items: [] }));

const push = (end: 'left' | 'right', onlyIfThere = false) =>
  writes(-3, (call) => {
    if (onlyIfThere && listAt(call).length === 0) return int(0);
    const list = openList(call);
    const added = call.args.slice(1);
    list.items = end === 'right' ? [...list.items, ...added] : [...added.reverse(), ...list.items];
    call.db.settle(key(call));
    return int(list.items.length);
  });

/** Takes up to `count` from an end; the list goes when it is empty. */
export function take(call: Call, name: string, { end, count }: { end: 'left' | 'right'; count: number }): readonly string[] {
  const list = call.db.read(name, 'list');
  if (list === undefined) return [];
  const taken = end === 'left' ? list.items.splice(0, count) : list.items.splice(Math.max(0, list.items.length - count), count).reverse();
  call.db.settle(name);
  return taken;
}

const pop = (end: 'left' | 'right') =>
  writes(-2, (call) => {
    const [, count] = call.args;
    if (count === undefined) return bulk(take(call, key(call), { end, count: 1 })[0] ?? null);
    const most = smallInteger(count);
    if (most < 0) throw new RedisError('ERR value is out of range, must be positive');
    if (call.db.read(key(call), 'list') === undefined) return { kind: 'no-array' };
    return strings(take(call, key(call), { end, count: most }));
  });

function move(call: Call, from: 'left' | 'right', to: 'left' | 'right'): Reply {
  const [source = '', target = ''] = call.args;
  openListIfThere(call, target);
  const [item] = take(call, source, { end: from, count: 1 });
  if (item === undefined) return NIL;
  const list = openList(call, target);
  list.items = to === 'left' ? [item, ...list.items] : [...list.items, item];
  call.db.settle(target);
  return bulk(item);
}

/** Only asks: another type is refused before anything was taken. */
const openListIfThere = (call: Call, name: string): void => void call.db.read(name, 'list');

const side = (text: string): 'left' | 'right' => {
  const lower = text.toLowerCase();
  if (lower !== 'left' && lower !== 'right') throw syntaxError();
  return lower;
};

function removeFrom(call: Call): Reply {
  const [, count = '', value = ''] = call.args;
  const list = call.db.read(key(call), 'list');
  if (list === undefined) return int(0);
  const wanted = smallInteger(count);
  const hits = [...list.items.keys()].filter((i) => list.items[i] === value);
  const chosen = new Set(wanted === 0 ? hits : wanted > 0 ? hits.slice(0, wanted) : hits.slice(wanted));
  list.items = list.items.filter((_, i) => !chosen.has(i));
  call.db.settle(key(call));
  return int(chosen.size);
}

function insert(call: Call): Reply {
  const [, where = '', pivot = '', value = ''] = call.args;
  if (!/^(before|after)$/i.test(where)) throw syntaxError();
  const list = call.db.read(key(call), 'list');
  if (list === undefined) return int(0);
  const at = list.items.indexOf(pivot);
  if (at < 0) return int(-1);
  list.items.splice(at + (where.toLowerCase() === 'after' ? 1 : 0), 0, value);
  call.db.settle(key(call));
  return int(list.items.length);
}

export const LIST_COMMANDS: Commands = {
  lpush: push('left'),
  rpush: push('right'),
  lpushx: push('left', true),
  rpushx: push('right', true),
  lpop: pop('left'),
  rpop: pop('right'),
  llen: reads(2, (call) => int(listAt(call).length)),
  lrange: reads(4, (call) => {
    const items = listAt(call);
    return strings(items.slice(...span(smallInteger(word(call.args, 1)), smallInteger(word(call.args, 2)), items.length)));
  }),
  lindex: reads(3, (call) => bulk(listAt(call).at(smallInteger(word(call.args, 1))) ?? null)),
  lset: writes(4, (call) => {
    const [, index = '', value = ''] = call.args;
    const items = listAt(call);
    if (call.db.get(key(call)) === undefined) throw new RedisError('ERR no such key');
    const at = smallInteger(index) < 0 ? items.length + smallInteger(index) : smallInteger(index);
    if (items[at] === undefined) throw new RedisError('ERR index out of range');
    items[at] = value;
    call.db.settle(key(call));
    return OK;
  }),
  lrem: writes(4, removeFrom),
  ltrim: writes(4, (call) => {
    const list = call.db.read(key(call), 'list');
    if (list === undefined) return OK;
    list.items = list.items.slice(...span(smallInteger(word(call.args, 1)), smallInteger(word(call.args, 2)), list.items.length));
    call.db.settle(key(call));
    return OK;
  }),
  linsert: writes(5, insert),
  lpos: reads(-3, (call) => {
    const at = listAt(call).indexOf(word(call.args, 1));
    return at < 0 ? NIL : int(at);
  }),
  lmove: writes(5, (call) => move(call, side(word(call.args, 2)), side(word(call.args, 3)))),
  rpoplpush: writes(3, (call) => move(call, 'right', 'left')),
};

const fieldsAt = (call: Call): ReadonlyMap<string, string> => call.db.read(key(call), 'hash')?.fields ?? new Map();
const openHash = (call: Call): Map<string, string> => call.db.open(key(call), 'hash', () => ({ type: 'hash', fields: new Map() })).fields;

function setFields(call: Call, name: string): number {
  const words = call.args.slice(1);
  if (words.length === 0 || words.length % 2 !== 0) throw new RedisError(`ERR wrong number of arguments for '${name}' command`);
  const fields = openHash(call);
  const added =
    new Set(pairs(words).map(([field]) => field)).size -
    [...new Set(pairs(words).map(([field]) => field))].filter((field) => fields.has(field)).length;
  for (const [field, value] of pairs(words)) fields.set(field, value);
  call.db.settle(key(call));
  return added;
}

function addTo(call: Call, sum: (before: string | undefined) => string): string {
  const field = word(call.args, 1);
  const text = sum(fieldsAt(call).get(field));
  openHash(call).set(field, text);
  call.db.settle(key(call));
  return text;
}

const flat = (fields: ReadonlyMap<string, string>): readonly string[] => [...fields].flat();

export const HASH_COMMANDS: Commands = {
  hset: writes(-4, (call) => int(setFields(call, 'hset'))),
  hmset: writes(-4, (call) => {
    setFields(call, 'hmset');
    return OK;
  }),
  hsetnx: writes(4, (call) => {
    if (fieldsAt(call).has(word(call.args, 1))) return int(0);
    return int(setFields(call, 'hsetnx'));
  }),
  hget: reads(3, (call) => bulk(fieldsAt(call).get(word(call.args, 1)) ?? null)),
  hmget: reads(-3, (call) => strings(call.args.slice(1).map((field) => fieldsAt(call).get(field) ?? null))),
  hgetall: reads(2, (call) => ({ kind: 'map', pairs: [...fieldsAt(call)].map(([field, value]) => [bulk(field), bulk(value)] as const) })),
  hdel: writes(-3, (call) => {
    const fields = call.db.read(key(call), 'hash')?.fields;
    const gone = call.args.slice(1).filter((field) => fields?.delete(field)).length;
    call.db.settle(key(call));
    return int(gone);
  }),
  hlen: reads(2, (call) => int(fieldsAt(call).size)),
  hexists: reads(3, (call) => int(fieldsAt(call).has(word(call.args, 1)) ? 1 : 0)),
  hkeys: reads(2, (call) => strings([...fieldsAt(call).keys()])),
  hvals: reads(2, (call) => strings([...fieldsAt(call).values()])),
  hstrlen: reads(3, (call) => int((fieldsAt(call).get(word(call.args, 1)) ?? '').length)),
  hincrby: writes(4, (call) => {
    const by = integer(word(call.args, 2));
    return int(
      BigInt(
        addTo(call, (before) => {
          if (before !== undefined && !/^-?\d+$/.test(before)) throw new RedisError('ERR hash value is not an integer');
          return String(BigInt(before ?? 0) + by);
        }),
      ),
    );
  }),
  hincrbyfloat: writes(4, (call) => {
    const by = float(word(call.args, 2));
    return bulk(addTo(call, (before) => scoreText(Number((float(before ?? '0', 'ERR hash value is not a float') + by).toPrecision(15)))));
  }),
  hscan: reads(-3, (call) => {
    const { match } = scanOptions(call.args.slice(2));
    return array([bulk('0'), strings(flat(new Map([...fieldsAt(call)].filter(([field]) => matchesGlob(match, field)))))]);
  }),
};

const membersAt = (call: Call, name = key(call)): ReadonlySet<string> => call.db.read(name, 'set')?.members ?? new Set();

type Combine = (sets: readonly ReadonlySet<string>[]) => readonly string[];
const inter: Combine = ([first = new Set(), ...others]) => [...first].filter((one) => others.every((other) => other.has(one)));
const union: Combine = (sets) => [...new Set(sets.flatMap((one) => [...one]))];
const difference: Combine = ([first = new Set(), ...others]) => [...first].filter((one) => !others.some((other) => other.has(one)));

const combined = (combine: Combine) => reads(-2, (call) => strings(combine(call.args.map((name) => membersAt(call, name)))));
const stored = (combine: Combine) =>
  writes(-3, (call) => {
    const members = combine(call.args.slice(1).map((name) => membersAt(call, name)));
    call.db.delete(key(call));
    if (members.length > 0) call.db.set(key(call), { type: 'set', members: new Set(members) });
    return int(members.length);
  });

/** `count` members by chance: different ones, or any if negative. */
function chosen(call: Call, count: number): readonly string[] {
  const members = [...membersAt(call)];
  if (count < 0) return members.length === 0 ? [] : Array.from({ length: -count }, () => members[call.chance(members.length)] ?? '');
  const picked: string[] = [];
  while (picked.length < count && members.length > 0) picked.push(...members.splice(call.chance(members.length), 1));
  return picked;
}

function removeMembers(call: Call, members: readonly string[]): number {
  const set = call.db.read(key(call), 'set');
  const gone = members.filter((one) => set?.members.delete(one)).length;
  call.db.settle(key(call));
  return gone;
}

export const SET_COMMANDS: Commands = {
  sadd: writes(-3, (call) => {
    const { members } = call.db.open(key(call), 'set', () => ({ type: 'set', members: new Set() }));
    const before = members.size;
    for (const one of call.args.slice(1)) members.add(one);
    call.db.settle(key(call));
    return int(members.size - before);
  }),
  srem: writes(-3, (call) => int(removeMembers(call, call.args.slice(1)))),
  smembers: reads(2, (call) => strings([...membersAt(call)])),
  sismember: reads(3, (call) => int(membersAt(call).has(word(call.args, 1)) ? 1 : 0)),
  smismember: reads(-3, (call) => array(call.args.slice(1).map((one) => int(membersAt(call).has(one) ? 1 : 0)))),
  scard: reads(2, (call) => int(membersAt(call).size)),
  spop: writes(-2, (call) => {
    const taken = chosen(call, call.args[1] === undefined ? 1 : Math.max(0, smallInteger(call.args[1])));
    removeMembers(call, taken);
    call.replaceBy(['SREM', key(call), ...taken]);
    return call.args[1] === undefined ? bulk(taken[0] ?? null) : strings(taken);
  }),
  srandmember: reads(-2, (call) =>
    call.args[1] === undefined ? bulk(chosen(call, 1)[0] ?? null) : strings(chosen(call, smallInteger(call.args[1]))),
  ),
  smove: writes(4, (call) => {
    const [, target = '', member = ''] = call.args;
    if (removeMembers(call, [member]) === 0) return int(0);
    call.db.open(target, 'set', () => ({ type: 'set', members: new Set() })).members.add(member);
    call.db.settle(target);
    return int(1);
  }),
  sinter: combined(inter),
  sunion: combined(union),
  sdiff: combined(difference),
  sinterstore: stored(inter),
  sunionstore: stored(union),
  sdiffstore: stored(difference),
  sscan: reads(-3, (call) => {
    const { match } = scanOptions(call.args.slice(2));
    return array([bulk('0'), strings([...membersAt(call)].filter((one) => matchesGlob(match, one)))]);
  }),
};
