/** Commands on sorted sets: members by score, equal scores by name. */
import { type Call, type Command, type Commands, pairs, reads, syntaxError, word, writes } from './command.ts';
import { scanOptions } from './keys.ts';
import { array, bulk, int, NIL, RedisError, type Reply } from './resp.ts';
import { float, matchesGlob, scoreText, smallInteger, span } from './store.ts';

type Member = readonly [name: string, score: number];

const key = ({ args }: Call): string => word(args, 0);
const scoresAt = (call: Call): Map<string, number> | undefined => call.db.read(key(call), 'zset')?.scores;
const sorted = (call: Call): readonly Member[] =>
  [...(scoresAt(call) ?? [])].sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1));
const score = (value: number): Reply => ({ kind: 'double', value: scoreText(value) });

const listed = (members: readonly Member[], withScores: boolean): Reply =>
  array(members.flatMap(([name, value]) => (withScores ? [bulk(name), score(value)] : [bulk(name)])));

const FLAGS = ['NX', 'XX', 'GT', 'LT', 'CH', 'INCR'];

function add(call: Call): Reply {
  const words = call.args.slice(1);
  const flags = new Set<string>();
  while (words[0] !== undefined && FLAGS.includes(words[0].toUpperCase())) flags.add((words.shift() ?? '').toUpperCase());
  if (words.length === 0 || words.length % 2 !== 0) throw syntaxError();
  if (flags.has('NX') && flags.has('XX')) throw new RedisError('ERR XX and NX options at the same time are not compatible');
  const given = pairs(words).map(([value, name]) => [float(value), name] as const);
  const { scores } = call.db.open(key(call), 'zset', () => ({ type: 'zset', scores: new Map() }));
  let [added, changed] = [0, 0];
  let last: number | null = null;
  for (const [value, name] of given) {
    const before = scores.get(name);
    const next = flags.has('INCR') ? (before ?? 0) + value : value;
    const isRefused =
      (before === undefined ? flags.has('XX') : flags.has('NX')) ||
      (before !== undefined && ((flags.has('GT') && next <= before) || (flags.has('LT') && next >= before)));
    if (isRefused) continue;
    if (before === undefined) added += 1;
    else if (before !== next) changed += 1;
    scores.set(name, next);
    last = next;
  }
  call.db.settle(key(call));
  if (flags.has('INCR')) return last === null ? NIL : score(last);
  return int(added + (flags.has('CH') ? changed : 0));
}

/** `(5` excludes, `-inf` and `+inf` are the ends. */
function bound(text: string): { readonly value: number; readonly isOpen: boolean } {
  const isOpen = text.startsWith('(');
  return { value: float(isOpen ? text.slice(1) : text, 'ERR min or max is not a float'), isOpen };
}

function between(call: Call, from: string, to: string): readonly Member[] {
  const [low, high] = [bound(from), bound(to)];
  return sorted(call).filter(
    ([, value]) => (low.isOpen ? value > low.value : value >= low.value) && (high.isOpen ? value < high.value : value <= high.value),
  );
}

interface RangeOptions {
  readonly flags: ReadonlySet<string>;
  readonly limit: readonly [offset: number, count: number] | undefined;
}

function rangeOptions(words: readonly string[], known: readonly string[]): RangeOptions {
  const flags = new Set<string>();
  let limit: [number, number] | undefined;
  for (let i = 0; i < words.length; i += 1) {
    const option = word(words, i).toUpperCase();
    if (option === 'LIMIT') {
      limit = [smallInteger(word(words, i + 1)), smallInteger(word(words, i + 2))];
      i += 2;
    } else if (known.includes(option)) flags.add(option);
    else throw syntaxError();
  }
  return { flags, limit };
}

const limited = (members: readonly Member[], limit: RangeOptions['limit']): readonly Member[] =>
  limit === undefined ? members : members.slice(limit[0], limit[1] < 0 ? undefined : limit[0] + limit[1]);

function range(call: Call, fixed: { readonly reverse?: boolean; readonly byScore?: boolean } = {}): Reply {
  const [, first = '', second = '', ...rest] = call.args;
  const { flags, limit } = rangeOptions(rest, ['WITHSCORES', ...(fixed.byScore || fixed.reverse ? [] : ['REV', 'BYSCORE'])]);
  const reverse = fixed.reverse || flags.has('REV');
  if (fixed.byScore || flags.has('BYSCORE')) {
    const found = reverse ? [...between(call, second, first)].reverse() : between(call, first, second);
    return listed(limited(found, limit), flags.has('WITHSCORES'));
  }
  if (limit !== undefined) throw new RedisError('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX');
  const all = reverse ? [...sorted(call)].reverse() : sorted(call);
  return listed(all.slice(...span(smallInteger(first), smallInteger(second), all.length)), flags.has('WITHSCORES'));
}

function remove(call: Call, names: readonly string[]): Reply {
  const scores = scoresAt(call);
  const gone = names.filter((name) => scores?.delete(name)).length;
  call.db.settle(key(call));
  return int(gone);
}

const rank = (reverse: boolean) =>
  reads(-3, (call) => {
    const all = sorted(call);
    const at = all.findIndex(([name]) => name === word(call.args, 1));
    return at < 0 ? NIL : int(reverse ? all.length - 1 - at : at);
  });

const pop = (end: 'min' | 'max'): Command =>
  writes(-2, (call) => {
    const count = call.args[1] === undefined ? 1 : smallInteger(call.args[1]);
    const taken = (end === 'min' ? sorted(call) : [...sorted(call)].reverse()).slice(0, count);
    remove(
      call,
      taken.map(([name]) => name),
    );
    return listed(taken, true);
  });

export const SORTED_SET_COMMANDS: Commands = {
  zadd: writes(-4, add),
  zrem: writes(-3, (call) => remove(call, call.args.slice(1))),
  zscore: reads(3, (call) => {
    const found = scoresAt(call)?.get(word(call.args, 1));
    return found === undefined ? NIL : score(found);
  }),
  zmscore: reads(-3, (call) =>
    array(
      call.args.slice(1).map((name) => {
        const found = scoresAt(call)?.get(name);
        return found === undefined ? NIL : score(found);
      }),
    ),
  ),
  zcard: reads(2, (call) => int(scoresAt(call)?.size ?? 0)),
  zcount: reads(4, (call) => int(between(call, word(call.args, 1), word(call.args, 2)).length)),
  zincrby: writes(4, (call) => {
    const [, by = '', name = ''] = call.args;
    const { scores } = call.db.open(key(call), 'zset', () => ({ type: 'zset', scores: new Map() }));
    const sum = (scores.get(name) ?? 0) + float(by);
    scores.set(name, sum);
    call.db.settle(key(call));
    return score(sum);
  }),
  zrank: rank(false),
  zrevrank: rank(true),
  zrange: reads(-4, (call) => range(call)),
  zrevrange: reads(-4, (call) => range(call, { reverse: true })),
  zrangebyscore: reads(-4, (call) => range(call, { byScore: true })),
  zrevrangebyscore: reads(-4, (call) => range(call, { byScore: true, reverse: true })),
  zremrangebyscore: writes(4, (call) =>
    remove(
      call,
      between(call, word(call.args, 1), word(call.args, 2)).map(([name]) => name),
    ),
  ),
  zremrangebyrank: writes(4, (call) => {
    const all = sorted(call);
    const names = all.slice(...span(smallInteger(word(call.args, 1)), smallInteger(word(call.args, 2)), all.length));
    return remove(
      call,
      names.map(([name]) => name),
    );
  }),
  zpopmin: pop('min'),
  zpopmax: pop('max'),
  zscan: reads(-3, (call) => {
    const { match } = scanOptions(call.args.slice(2));
    return array([
      bulk('0'),
      listed(
        sorted(call).filter(([name]) => matchesGlob(match, name)),
        true,
      ),
    ]);
  }),
};
