/** `iptables`: reads and changes the very tables that packets meet. As 1.8 over nf_tables speaks. */
import { Errno, isErrno } from '../../kernel/errno.ts';
import type { Rule, RuleOps, TableName } from '../../kernel/net/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Applet } from './applet.ts';
import { listing } from './iptables-list.ts';
import { BOOKWORM, release } from './release.ts';
import { leave, print } from './text.ts';

/** What Debian 12 and its successor have. */
const versionOf = (sys: Sys, name: string): string => `${name} v1.8.${release(sys) === BOOKWORM ? '9' : '11'} (nf_tables)`;
const TABLES: readonly string[] = ['filter', 'nat', 'raw', 'mangle'];
type Chains = ReturnType<RuleOps['chains']>;

interface Call {
  readonly command: string;
  readonly words: readonly string[];
  readonly table: TableName;
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly lineNumbers: boolean;
}

const COMMANDS: Readonly<Record<string, string>> = {
  '--append': '-A',
  '--insert': '-I',
  '--delete': '-D',
  '--check': '-C',
  '--replace': '-R',
  '--list': '-L',
  '--list-rules': '-S',
  '--flush': '-F',
  '--new-chain': '-N',
  '--new': '-N',
  '--delete-chain': '-X',
  '--policy': '-P',
  '--zero': '-Z',
  '--rename-chain': '-E',
  '--version': '-V',
};
const LETTERS = new Set(['-A', '-I', '-D', '-C', '-R', '-L', '-S', '-F', '-N', '-X', '-P', '-Z', '-E', '-V']);

export const iptables =
  (family: 'inet' | 'inet6'): Applet =>
  async (sys, args) => {
    const call = readCall(args);
    if (call !== undefined && !TABLES.includes(call.table))
      return leave(
        sys,
        `${versionOf(sys, family === 'inet' ? 'iptables' : 'ip6tables')}: table '${call.table}' does not exist\nPerhaps ${family === 'inet' ? 'iptables' : 'ip6tables'} or your kernel needs to be upgraded.\n`,
        3,
      );
    if (call === undefined)
      return leave(
        sys,
        `${versionOf(sys, family === 'inet' ? 'iptables' : 'ip6tables')}: no command specified\nTry \`iptables -h' or 'iptables --help' for more information.\n`,
        2,
      );
    if (call.command === '-V') {
      await print(sys, `${versionOf(sys, family === 'inet' ? 'iptables' : 'ip6tables')}\n`);
      return 0;
    }
    const fault = faultOf(call);
    if (call.command === '-P' && call.table === 'nat' && call.words[1] === 'DROP')
      return leave(sys, `${versionOf(sys, family === 'inet' ? 'iptables' : 'ip6tables')}: ${NO_NAT_DROP}`, 2);
    if (fault !== undefined) {
      const name = family === 'inet' ? 'iptables' : 'ip6tables';
      return leave(sys, `${versionOf(sys, name)}: ${fault}\nTry \`${name} -h' or '${name} --help' for more information.\n`, 2);
    }
    try {
      await print(sys, run(sys, call, family));
      return 0;
    } catch (error) {
      if (!isErrno(error)) throw error;
      const name = family === 'inet' ? 'iptables' : 'ip6tables';
      return complain(sys, call, { name, code: error.code, about: error.path });
    }
  };

/** What a command cannot do without. */
function faultOf({ command, words }: Call): string | undefined {
  if (command === '-P' && words.length < 2) return '-P requires a chain and a policy';
  if (['-A', '-I', '-D', '-R', '-C', '-N'].includes(command) && words.length === 0) return `option "${command}" requires an argument`;
  return undefined;
}

const NO_NAT_DROP = `
The "nat" table is not intended for filtering, the use of DROP is therefore inhibited.


Try \`iptables -h' or 'iptables --help' for more information.
`;

function readCall(args: readonly string[]): Call | undefined {
  let command: string | undefined;
  let table: TableName = 'filter';
  const flags = new Set<string>();
  const words: string[] = [];
  const split = args.flatMap((arg) => (/^-[LSnvtxw]{2,}$/.test(arg) ? [...arg.slice(1)].map((letter) => `-${letter}`) : [arg]));
  for (let at = 0; at < split.length; at += 1) {
    const word = split[at] ?? '';
    const meaning = COMMANDS[word] ?? word;
    if (word === '-t' || word === '--table') {
      at += 1;
      table = (split[at] ?? '') as TableName;
    } else if (command === undefined && LETTERS.has(meaning)) command = meaning;
    else if (['-n', '-v', '-x', '-w', '--numeric', '--verbose', '--exact', '--wait', '--line-numbers'].includes(word)) flags.add(word);
    else words.push(word);
  }
  if (command === undefined) return undefined;
  return {
    command,
    words,
    table,
    numeric: flags.has('-n') || flags.has('--numeric'),
    verbose: flags.has('-v') || flags.has('--verbose'),
    lineNumbers: flags.has('--line-numbers'),
  };
}

function run(sys: Sys, call: Call, family: 'inet' | 'inet6'): string {
  const { rules } = sys.net;
  const { table, words } = call;
  const [chain = '', ...rest] = words;
  switch (call.command) {
    case '-S':
      return rulesText(picked(rules.chains(table, family), words[0]), words[1]);
    case '-L':
      return listing(picked(rules.chains(table, family), words[0]), {
        ...call,
        family,
        all: rules.chains(table, family),
        hasNumbers: release(sys) === BOOKWORM,
      });
    case '-A':
      rules.append(table, chain, rest, family);
      return '';
    case '-I': {
      const hasNumber = /^\d+$/.test(rest[0] ?? '');
      rules.insert(table, chain, hasNumber ? rest.slice(1) : rest, hasNumber ? Number(rest[0]) : 1, family);
      return '';
    }
    case '-R': {
      const at = Number(rest[0]);
      rules.remove(table, chain, at, family);
      rules.insert(table, chain, rest.slice(1), at, family);
      return '';
    }
    case '-D':
      rules.remove(table, chain, rest.length === 1 && /^\d+$/.test(rest[0] ?? '') ? Number(rest[0]) : rest, family);
      return '';
    case '-C':
      check(rules, call, family);
      return '';
    default:
      return changeChains(rules, call, family);
  }
}

/** Whether the rule is there: it is taken out and put back where it was. */
function check(rules: RuleOps, { table, words }: Call, family: 'inet' | 'inet6'): void {
  const [chain = '', ...spec] = words;
  const specs = (): readonly Rule[] => rules.chains(table, family).find(({ name }) => name === chain)?.rules ?? [];
  const before = specs();
  rules.remove(table, chain, spec, family);
  const after = specs();
  const at = before.findIndex((rule, i) => rule.spec.join(' ') !== after[i]?.spec.join(' '));
  rules.insert(table, chain, spec, (at < 0 ? after.length : at) + 1, family);
}

function changeChains(rules: RuleOps, { command, table, words }: Call, family: 'inet' | 'inet6'): string {
  const [chain, policy] = words;
  if (command === '-E') rules.renameChain(table, chain ?? '', policy ?? '', family);
  if (command === '-N') rules.newChain(table, chain ?? '', family);
  if (command === '-F') rules.flush(table, chain, family);
  if (command === '-P') rules.policy(table, chain ?? '', policy === 'DROP' ? 'DROP' : 'ACCEPT', family);
  if (command === '-X')
    for (const name of chain === undefined
      ? rules
          .chains(table, family)
          .filter((one) => one.policy === undefined)
          .map((one) => one.name)
      : [chain])
      rules.deleteChain(table, name, family);
  return '';
}

/** ENOENT if the chain asked for is not there. */
function picked(chains: Chains, name: string | undefined): Chains {
  if (name === undefined) return chains;
  const found = chains.filter((chain) => chain.name === name);
  if (found.length === 0) throw new Errno('ENOENT', name);
  return found;
}

/** All of it, or one rule by its number. */
function rulesText(chains: Chains, number?: string): string {
  if (number !== undefined) {
    const rule = chains[0]?.rules[Number(number) - 1];
    return rule === undefined ? '' : ruleText(chains[0]?.name ?? '', rule);
  }
  const heads = chains.map(({ name, policy }) => (policy === undefined ? `-N ${name}\n` : `-P ${name} ${policy}\n`));
  const rules = chains.flatMap(({ name, rules: own }) => own.map((rule) => ruleText(name, rule)));
  return [...heads, ...rules].join('');
}

const ruleText = (chain: string, { spec }: Rule): string => `-A ${chain} ${spec.map(quoted).join(' ')}\n`;

const quoted = (word: string): string => (/[\s"]/.test(word) ? `"${word.replaceAll('"', '\\"')}"` : word);

/** `iptables-save [-c] [-t TABLE]`: every table that has been used, as a file that could be read back. */
export const iptablesSave =
  (family: 'inet' | 'inet6'): Applet =>
  async (sys, args) => {
    const at = args.findIndex((arg) => arg === '-t' || arg === '--table');
    const wanted = at < 0 ? undefined : args[at + 1];
    const hasCounts = args.includes('-c') || args.includes('--counters');
    const when = new Date(Number(sys.clock.nowNs() / 1_000_000n))
      .toUTCString()
      .replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 $4');
    const banner = `${versionOf(sys, family === 'inet' ? 'iptables-save' : 'ip6tables-save')} on ${when}`;
    const tables = (['raw', 'filter', 'nat', 'mangle'] as const).filter((table) => wanted === undefined || table === wanted);
    for (const table of tables) {
      const chains = sys.net.rules.chains(table, family);
      if (wanted === undefined && (table === 'raw' || table === 'mangle') && chains.every(({ rules }) => rules.length === 0)) continue;
      await print(sys, `# Generated by ${banner}\n*${table}\n${savedText(chains, hasCounts)}COMMIT\n# Completed on ${when}\n`);
    }
    return 0;
  };

function savedText(chains: Chains, hasCounts: boolean): string {
  const counts = ({ packets, bytes }: { readonly packets: number; readonly bytes: number }): string => `[${packets}:${bytes}]`;
  const heads = chains.map((chain) => `:${chain.name} ${chain.policy ?? '-'} [0:0]\n`);
  const rules = chains.flatMap(({ name, rules: own }) =>
    own.map((rule) => `${hasCounts ? `${counts(rule)} ` : ''}${ruleText(name, rule)}`),
  );
  return [...heads, ...rules].join('');
}

const INDEXED: Readonly<Record<string, string>> = { '-D': 'deletion', '-R': 'replacement' };

function complain(sys: Sys, call: Call, { name, code, about }: { name: string; code: string; about: string | undefined }): Promise<number> {
  const version = versionOf(sys, name);
  switch (code) {
    case 'EPERM':
      return leave(sys, `${version}: Could not fetch rule set generation id: Permission denied (you must be root)\n`, 4);
    case 'EEXIST':
      return leave(sys, `${name}: Chain already exists.\n`);
    case 'ENOTEMPTY':
    case 'EBUSY':
      return leave(sys, `${version}:  CHAIN_DEL failed (Device or resource busy): chain ${call.words[0] ?? ''}\n`, 4);
    case 'E2BIG':
      return leave(sys, `${name}: Index of ${INDEXED[call.command] ?? 'insertion'} too big.\n`);
    case 'EPROTONOSUPPORT':
      return leave(
        sys,
        `${version}: unknown protocol "${about ?? ''}" specified\nTry \`${name} -h' or '${name} --help' for more information.\n`,
        2,
      );
    case 'EADDRNOTAVAIL':
      return leave(
        sys,
        `${version}: host/network \`${about ?? ''}' not found\nTry \`${name} -h' or '${name} --help' for more information.\n`,
        2,
      );
    case 'EINVAL':
      return leave(
        sys,
        about === undefined
          ? `${name}: Invalid argument.\n`
          : `${version}: unknown option "${about}"\nTry \`${name} -h' or '${name} --help' for more information.\n`,
        2,
      );
    case 'ENOENT':
      if (about !== undefined && about !== call.words[0] && (call.command === '-A' || call.command === '-I'))
        return leave(sys, `${version}: Chain '${about}' does not exist\nTry \`${name} -h' or '${name} --help' for more information.\n`, 2);
      if (['-L', '-S'].includes(call.command))
        return leave(sys, `${version}: chain \`${about ?? ''}' in table \`${call.table}' is incompatible, use 'nft' tool.\n`);
      if (call.command === '-D' && /^\d+$/.test(call.words[1] ?? '') && about === undefined)
        return leave(sys, `${name}: Index of deletion too big.\n`);
      if (['-D', '-C'].includes(call.command) && about === undefined)
        return leave(sys, `${name}: Bad rule (does a matching rule exist in that chain?).\n`);
      return leave(sys, `${name}: No chain/target/match by that name.\n`);
    default:
      return leave(sys, `${name}: ${code}.\n`);
  }
}
