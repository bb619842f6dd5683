/** `iptables -L`: the tables as columns. */
import type { RuleOps } from '../../kernel/net/types.ts';

type Chain = ReturnType<RuleOps['chains']>[number];

export interface ListOptions {
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly lineNumbers: boolean;
  readonly family: 'inet' | 'inet6';
  /** Protocols by their numbers where addresses are. */
  readonly hasNumbers: boolean;
  readonly all: readonly Chain[];
}

export const listing = (chains: readonly Chain[], options: ListOptions): string =>
  chains.map((chain) => chainText(chain, options)).join('\n');

function chainText(chain: Chain, options: ListOptions): string {
  const { name, policy, packets, bytes, rules } = chain;
  const references = options.all.flatMap((one) => one.rules).filter(({ spec }) => spec[spec.indexOf('-j') + 1] === name).length;
  const counts = options.verbose ? ` ${packets} packets, ${bytes} bytes` : '';
  const head = policy === undefined ? `Chain ${name} (${references} references)` : `Chain ${name} (policy ${policy}${counts})`;
  const number = options.lineNumbers ? 'num  ' : '';
  const columns = options.verbose
    ? `${number.replace('num  ', 'num ')} pkts bytes target     prot opt in     out     source               destination         `
    : `${number}target     prot opt source               destination         `;
  return `${[head, columns, ...rules.map((rule, at) => ruleText(rule, at + 1, options))].join('\n')}\n`;
}

interface Parsed {
  target: string;
  protocol: string;
  input: string;
  output: string;
  source: string;
  destination: string;
  readonly extra: string[];
}

function ruleText({ spec, packets, bytes }: Chain['rules'][number], number: number, options: ListOptions): string {
  const rule = parsed(spec, options);
  const front = options.lineNumbers ? String(number).padEnd(options.verbose ? 4 : 5) : '';
  const counts = options.verbose ? `${count(packets).padStart(5)} ${count(bytes).padStart(5)} ` : '';
  const links = options.verbose ? ` ${rule.input.padEnd(6)} ${rule.output.padEnd(6)} ` : '';
  const extra = rule.extra.length === 0 ? '' : ` ${rule.extra.join(' ')}`;
  const bare = rule.protocol.replace('!', '');
  const protocol =
    options.numeric && options.hasNumbers ? `${rule.protocol.startsWith('!') ? '!' : ''}${NUMBERS[bare] ?? bare}` : rule.protocol;
  return `${front}${counts}${rule.target.padEnd(9)}  ${protocol.padEnd(4)} -- ${links}${place(rule.source)}${place(rule.destination)}${extra}`;
}

/** A column of addresses: what stands before it says that it is meant the other way round. */
const place = (prefix: string): string => (prefix.startsWith('!') ? `${prefix.padEnd(20)} ` : ` ${prefix.padEnd(19)} `);

const count = (value: number): string =>
  value < 100_000 ? String(value) : value < 10_000_000 ? `${Math.floor(value / 1000)}K` : `${Math.floor(value / 1_000_000)}M`;

function parsed(spec: readonly string[], { family, numeric, verbose }: ListOptions): Parsed {
  const any = !numeric ? 'anywhere' : family === 'inet' ? '0.0.0.0/0' : '::/0';
  const rule: Parsed = { target: '', protocol: 'all', input: '*', output: '*', source: any, destination: any, extra: [] };
  for (let at = 0; at < spec.length; at += 1) {
    const bang = spec[at] === '!' ? '!' : '';
    if (bang !== '') at += 1;
    at += field(rule, { word: spec[at] ?? '', value: spec[at + 1] ?? '', bang, verbose });
  }
  return rule;
}

const host = (prefix: string): string => prefix.replace(/\/32$|\/128$/, '');
const NUMBERS: Readonly<Record<string, string>> = {
  all: '0',
  icmp: '1',
  tcp: '6',
  udp: '17',
  'ipv6-icmp': '58',
  icmpv6: '58',
  sctp: '132',
};

/** Puts one option into its column; returns how many words behind it were used. */
function field(rule: Parsed, { word, value, bang }: { word: string; value: string; bang: string; verbose: boolean }): number {
  switch (word) {
    case '-s':
      rule.source = bang + host(value);
      return 1;
    case '-d':
      rule.destination = bang + host(value);
      return 1;
    case '-i':
      rule.input = bang + value;
      return 1;
    case '-o':
      rule.output = bang + value;
      return 1;
    case '-p':
      rule.protocol = bang + value;
      return 1;
    case '-j':
    case '-g':
      rule.target = value;
      return 1;
    case '-m':
      if (value === 'tcp' || value === 'udp') rule.extra.push(value);
      return 1;
    default:
      return extra(rule, { word, value, bang });
  }
}

const EXTRAS: Readonly<Record<string, (value: string, bang: string) => string>> = {
  '--dport': (value, bang) => `${value.includes(':') ? 'dpts' : 'dpt'}:${bang}${value}`,
  '--sport': (value, bang) => `${value.includes(':') ? 'spts' : 'spt'}:${bang}${value}`,
  '--dports': (value, bang) => `multiport dports ${bang}${value}`,
  '--sports': (value, bang) => `multiport sports ${bang}${value}`,
  '--ctstate': (value, bang) => `${bang === '' ? '' : '! '}ctstate ${value}`,
  '--state': (value, bang) => `${bang === '' ? '' : '! '}state ${value}`,
  '--dst-type': (value, bang) => `ADDRTYPE match dst-type ${bang}${value}`,
  '--src-type': (value, bang) => `ADDRTYPE match src-type ${bang}${value}`,
  '--to-destination': (value) => `to:${value}`,
  '--to-source': (value) => `to:${value}`,
  '--to-ports': (value) => `masq ports: ${value}`,
  '--reject-with': (value) => `reject-with ${value}`,
  '--comment': (value) => `/* ${value} */`,
  '--mark': (value) => `mark match ${value}`,
};

function extra(rule: Parsed, { word, value, bang }: { word: string; value: string; bang: string }): number {
  const words = EXTRAS[word];
  if (words === undefined) return 0;
  rule.extra.push(words(value, bang));
  return 1;
}
