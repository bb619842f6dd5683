/**
 * The order in which a set is walked. The real one keeps its members in a table by their hashes; where all are integers, whose hashes are
 * known, the table is filled here as it fills it. Texts have another order in each process there, and the one they came in here.
 */
import type { PySet, Value } from '../runtime/values.ts';

const LEAST_SLOTS = 8;
const PROBES = 9;
const PERTURB_SHIFT = 5;
const MANY = 50_000;

interface Walked {
  readonly map: ReadonlyMap<unknown, Value>;
  readonly values: { values(): IterableIterator<Value> };
}

export function ordered(set: PySet): Walked {
  const { map } = set;
  for (const key of map.keys()) if (typeof key !== 'number' || !Number.isInteger(key)) return { map, values: map };
  return { map, values: byHash([...map.entries()] as (readonly [number, Value])[]) };
}

function byHash(entries: readonly (readonly [number, Value])[]): Value[] {
  let table: (number | undefined)[] = new Array<number | undefined>(LEAST_SLOTS);
  let used = 0;
  const members = new Map(entries);
  for (const [key] of entries) {
    place(table, key);
    used += 1;
    if (used * 5 < (table.length - 1) * 3) continue;
    const wanted = used > MANY ? used * 2 : used * 4;
    let size = LEAST_SLOTS;
    while (size <= wanted) size *= 2;
    const old = table;
    table = new Array<number | undefined>(size);
    for (const one of old) if (one !== undefined) place(table, one);
  }
  return table.filter((key) => key !== undefined).map((key) => members.get(key) as Value);
}

/** Puts a key where it belongs, or near. */
function place(table: (number | undefined)[], key: number): void {
  const mask = BigInt(table.length - 1);
  const hash = BigInt.asUintN(64, BigInt(key === -1 ? -2 : key));
  let perturb = hash;
  let at = Number(hash & mask);
  for (;;) {
    const last = at + PROBES <= table.length - 1 ? at + PROBES : at;
    for (let near = at; near <= last; near += 1)
      if (table[near] === undefined) {
        table[near] = key;
        return;
      }
    perturb >>= BigInt(PERTURB_SHIFT);
    at = Number((BigInt(at) * 5n + 1n + perturb) & mask);
  }
}
