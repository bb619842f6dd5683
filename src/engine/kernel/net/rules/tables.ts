/**
 * The rule tables of a network namespace: tables of chains of rules, as `iptables` lists them and as packets meet them. A packet
 * walks a chain from its first rule; a verdict ends the table, a jump goes into another chain and comes back after it.
 */
import { Errno } from '../../errno.ts';
import type { SpanId } from '../../sys.ts';
import type { IpFamily } from '../ip.ts';
import type { TableName } from '../types.ts';
import type { Situation, Target } from './match.ts';
import { type CompiledRule, compileRule } from './parse.ts';

export interface TableRule extends CompiledRule {
  /** Its words as one text: two rules with the same are the same. */
  readonly key: string;
  readonly span: SpanId;
  packets: number;
  bytes: number;
}

export interface Chain {
  readonly name: string;
  /** Only chains that the kernel calls have one. */
  policy: 'ACCEPT' | 'DROP' | undefined;
  packets: number;
  bytes: number;
  readonly rules: TableRule[];
}

export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

export const HOOKS: Readonly<Record<TableName, readonly Hook[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** What the table says about a packet, and who said it. */
export interface Verdict {
  readonly target: Exclude<Target, { kind: 'jump' | 'log' | 'none' | 'mark' }>;
  readonly chain: string;
  /** From 1; 0 is the chain's policy. */
  readonly number: number;
  readonly rule: TableRule | undefined;
  /** All rules and policies that counted the packet. */
  readonly counted: readonly { packets: number; bytes: number }[];
}

const MAX_JUMPS = 512;

export class RuleTables {
  readonly #tables = new Map<string, Map<string, Chain>>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  chains(table: TableName, family: IpFamily): Map<string, Chain> {
    const key = `${family} ${table}`;
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const hooks = HOOKS[table];
    if (hooks === undefined) throw new Errno('ENOENT', table);
    const made = new Map<string, Chain>(hooks.map((name) => [name, { name, policy: 'ACCEPT', packets: 0, bytes: 0, rules: [] }]));
    this.#tables.set(key, made);
    return made;
  }

  /** ENOENT if there is no such chain. */
  chain(table: TableName, name: string, family: IpFamily): Chain {
    const chain = this.chains(table, family).get(name);
    if (chain === undefined) throw new Errno('ENOENT', name);
    return chain;
  }

  newChain(table: TableName, name: string, family: IpFamily): void {
    const chains = this.chains(table, family);
    if (chains.has(name)) throw new Errno('EEXIST', name);
    chains.set(name, { name, policy: undefined, packets: 0, bytes: 0, rules: [] });
    this.#changed();
  }

  /** ENOTEMPTY while it has rules, EBUSY while another chain jumps to it. */
  deleteChain(table: TableName, name: string, family: IpFamily): void {
    const chain = this.chain(table, name, family);
    if (chain.policy !== undefined) throw new Errno('EINVAL', name);
    if (chain.rules.length > 0) throw new Errno('ENOTEMPTY', name);
    for (const other of this.chains(table, family).values()) {
      if (other.rules.some(({ target }) => target.kind === 'jump' && target.chain === name)) throw new Errno('EBUSY', name);
    }
    this.chains(table, family).delete(name);
    this.#changed();
  }

  /** Rules that jump to it go on doing so. EEXIST, ENOENT; EINVAL for a chain of the kernel's. */
  renameChain(table: TableName, name: string, { to, family }: { readonly to: string; readonly family: IpFamily }): void {
    const chain = this.chain(table, name, family);
    const chains = this.chains(table, family);
    if (chain.policy !== undefined) throw new Errno('EINVAL', name);
    if (chains.has(to)) throw new Errno('EEXIST', to);
    chains.delete(name);
    chains.set(to, { ...chain, name: to });
    for (const { rules } of chains.values())
      for (const [at, rule] of rules.entries())
        if (rule.target.kind === 'jump' && rule.target.chain === name) {
          const spec = rule.spec.map((word, index) => (index > 0 && /^-[jg]$/.test(rule.spec[index - 1] ?? '') ? to : word));
          rules[at] = { ...rule, spec, key: keyOf(spec), target: { ...rule.target, chain: to } };
        }
    this.#changed();
  }

  flush(table: TableName, name: string | undefined, family: IpFamily): void {
    const chains = name === undefined ? [...this.chains(table, family).values()] : [this.chain(table, name, family)];
    for (const chain of chains) chain.rules.length = 0;
    this.#changed();
  }

  setPolicy(table: TableName, name: string, policy: 'ACCEPT' | 'DROP', family: IpFamily): void {
    const chain = this.chain(table, name, family);
    if (chain.policy === undefined) throw new Errno('EINVAL', name);
    chain.policy = policy;
    this.#changed();
  }

  /** `at` counts from 1; absent: at the end. ENOENT for a chain to jump to that is not there. */
  insert(
    table: TableName,
    name: string,
    { spec, at, family, span }: { spec: readonly string[]; at?: number; family: IpFamily; span: SpanId },
  ): void {
    const chain = this.chain(table, name, family);
    const compiled = compileRule(spec, family);
    if (compiled.target.kind === 'jump') this.chain(table, compiled.target.chain, family);
    const index = at === undefined ? chain.rules.length : at - 1;
    if (index < 0 || index > chain.rules.length) throw new Errno('E2BIG');
    chain.rules.splice(index, 0, { ...compiled, key: keyOf(compiled.spec), span, packets: 0, bytes: 0 });
    this.#changed();
  }

  remove(table: TableName, name: string, { rule, family }: { rule: readonly string[] | number; family: IpFamily }): void {
    const chain = this.chain(table, name, family);
    const index = typeof rule === 'number' ? rule - 1 : indexOf(chain, compileRule(rule, family));
    if (chain.rules[index] === undefined) throw new Errno('ENOENT');
    chain.rules.splice(index, 1);
    this.#changed();
  }

  /** Whether the chain has such a rule (`iptables -C`). */
  has(table: TableName, name: string, { rule, family }: { rule: readonly string[]; family: IpFamily }): boolean {
    return indexOf(this.chain(table, name, family), compileRule(rule, family)) >= 0;
  }

  /** Sends a packet through a hook's chain of one table. */
  judge(table: TableName, hook: Hook, { situation, family }: { situation: Situation; family: IpFamily }): Verdict {
    const counted: { packets: number; bytes: number }[] = [];
    const start = this.chain(table, hook, family);
    const found = this.#walk(start, { chains: this.chains(table, family), situation, counted, depth: 0 });
    if (found !== null && !(found.target.kind === 'verdict' && found.target.verdict === 'RETURN')) return { ...found, counted };
    counted.push(start);
    return { target: { kind: 'verdict', verdict: start.policy ?? 'ACCEPT' }, chain: hook, number: 0, rule: undefined, counted };
  }

  /** Null: the end of the chain was met, or RETURN. */
  #walk(chain: Chain, walk: Walk): Omit<Verdict, 'counted'> | null {
    if (walk.depth > MAX_JUMPS) return null;
    for (const [index, rule] of chain.rules.entries()) {
      if (!rule.matches.every((match) => match(walk.situation))) continue;
      walk.counted.push(rule);
      const { target } = rule;
      if (target.kind === 'log' || target.kind === 'none') continue;
      if (target.kind === 'mark') {
        walk.situation.mark = (walk.situation.mark & ~target.mask) ^ target.value;
        continue;
      }
      if (target.kind === 'verdict' && target.verdict === 'RETURN') return null;
      if (target.kind !== 'jump') return { target, chain: chain.name, number: index + 1, rule };
      const inner = walk.chains.get(target.chain);
      const found = inner === undefined ? null : this.#walk(inner, { ...walk, depth: walk.depth + 1 });
      if (found !== null || target.goto) return found;
    }
    return null;
  }
}

interface Walk {
  readonly chains: ReadonlyMap<string, Chain>;
  readonly situation: Situation;
  readonly counted: { packets: number; bytes: number }[];
  readonly depth: number;
}

const keyOf = (spec: readonly string[]): string => spec.join('\0');

const indexOf = (chain: Chain, { spec }: CompiledRule): number => {
  const wanted = keyOf(spec);
  return chain.rules.findIndex(({ key }) => key === wanted);
};
