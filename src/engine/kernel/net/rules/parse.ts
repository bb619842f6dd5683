/** iptables' rule language: words in, a compiled rule and its canonical words (as `iptables -S` prints them) out. */
import { Errno } from '../../errno.ts';
import { type IpFamily, parseIp, parsePrefix } from '../ip.ts';
import {
  addressTypeIs,
  balanced,
  destinationIn,
  directionIs,
  inputIs,
  type Match,
  markIs,
  not,
  originalIn,
  originalPortIn,
  outputIs,
  type PortRanges,
  portIn,
  protocolIs,
  rangeHolds,
  sourceIn,
  stateIn,
  synOnly,
  type Target,
} from './match.ts';

export interface CompiledRule {
  readonly spec: readonly string[];
  readonly matches: readonly Match[];
  readonly target: Target;
}

interface Draft {
  /** Canonical words in iptables' own order: -s -d -i -o -p, then modules as they were given, then the target. */
  readonly basic: Map<string, readonly string[]>;
  readonly modules: string[][];
  target: string[];
  readonly matches: Match[];
  compiled: Target;
  protocol: string;
}

interface Words {
  next(): string;
  readonly negated: boolean;
  readonly family: IpFamily;
}

type Option = (draft: Draft, words: Words) => void;

const SHORT: Readonly<Record<string, string>> = {
  '--source': '-s',
  '--src': '-s',
  '--destination': '-d',
  '--dst': '-d',
  '--in-interface': '-i',
  '--out-interface': '-o',
  '--protocol': '-p',
  '--proto': '-p',
  '--jump': '-j',
  '--goto': '-g',
  '--match': '-m',
  '--destination-port': '--dport',
  '--source-port': '--sport',
  '--destination-ports': '--dports',
  '--source-ports': '--sports',
  '--state': '--state',
};
const TARGET_OPTIONS = new Set([
  '--to-destination',
  '--to-source',
  '--to-ports',
  '--reject-with',
  '--set-xmark',
  '--set-mark',
  '--random',
  '--random-fully',
  '--persistent',
  '--log-prefix',
  '--log-level',
]);

/** Understands a rule. EINVAL for words that are no rule; the caller says it in iptables' own sentence. */
export function compileRule(spec: readonly string[], family: IpFamily): CompiledRule {
  const draft: Draft = { basic: new Map(), modules: [], target: [], matches: [], compiled: { kind: 'none' }, protocol: 'all' };
  for (let at = 0; at < spec.length; at += 1) {
    const negated = spec[at] === '!';
    if (negated) at += 1;
    const word = SHORT[spec[at] ?? ''] ?? spec[at] ?? '';
    const option = OPTIONS[word];
    if (option === undefined) throw new Errno('EINVAL', word);
    const next = (): string => {
      at += 1;
      const value = spec[at];
      if (value === undefined) throw new Errno('EINVAL', word);
      return value;
    };
    option(draft, { next, negated, family });
  }
  return { spec: wordsOf(draft), matches: draft.matches, target: draft.compiled };
}

const wordsOf = (draft: Draft): readonly string[] => [
  ...['-s', '-d', '-i', '-o', '-p'].flatMap((name) => draft.basic.get(name) ?? []),
  ...draft.modules.flat(),
  ...(draft.compiled.kind === 'reject' && draft.target.length === 2
    ? [...draft.target, '--reject-with', draft.compiled.with]
    : draft.target),
];

const bang = (negated: boolean): readonly string[] => (negated ? ['!'] : []);

const basic =
  (name: string, make: (value: string, words: Words) => { text: string; match: Match } | null): Option =>
  (draft, words) => {
    const made = make(words.next(), words);
    if (made === null) return;
    draft.basic.set(name, [...bang(words.negated), name, made.text]);
    draft.matches.push(not(made.match, words.negated));
  };

function prefixOf(value: string, family: IpFamily): ReturnType<typeof parsePrefix> | undefined {
  try {
    return parsePrefix(value, family);
  } catch (error) {
    if (error instanceof Errno) return undefined;
    throw error;
  }
}

const address =
  (make: (prefix: ReturnType<typeof parsePrefix>) => Match) =>
  (value: string, { family }: Words) => {
    const prefix = prefixOf(value, family);
    if (prefix?.family !== family) throw new Errno('EADDRNOTAVAIL', value);
    return prefix.length === 0 ? null : { text: prefix.text, match: make(prefix) };
  };

const PROTOCOLS = new Set(['all', 'tcp', 'udp', 'icmp', 'icmp6', 'sctp', 'udplite', 'dccp', 'esp', 'ah', 'gre', 'igmp', 'ipip']);

const protocol: Option = (draft, words) => {
  const given = words.next().toLowerCase();
  const name = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmp6', 'ipv6-icmp': 'icmp6', icmpv6: 'icmp6', '0': 'all' }[given] ?? given;
  if (!PROTOCOLS.has(name) && !/^\d+$/.test(name)) throw new Errno('EPROTONOSUPPORT', given);
  draft.protocol = name;
  if (name === 'all') return;
  draft.basic.set('-p', [...bang(words.negated), '-p', name === 'icmp6' ? 'ipv6-icmp' : name]);
  draft.matches.push(not(protocolIs(name), words.negated));
};

/** The words of a module's options stand behind one `-m NAME`. */
function moduleWords(draft: Draft, name: string, words: readonly string[]): void {
  const open = draft.modules.find((module) => module[1] === name);
  if (open === undefined) draft.modules.push(['-m', name, ...words]);
  else open.push(...words);
}

const port =
  (name: string, side: 'source' | 'destination'): Option =>
  (draft, words) => {
    if (draft.protocol === 'all') throw new Errno('EINVAL', name);
    const value = words.next();
    draft.matches.push(not(portIn(portRanges(value), side), words.negated));
    moduleWords(draft, draft.protocol, [...bang(words.negated), name, value]);
  };

const ports =
  (name: string, side: 'source' | 'destination' | 'either'): Option =>
  (draft, words) => {
    const value = words.next();
    draft.matches.push(not(portIn(portRanges(value), side), words.negated));
    moduleWords(draft, 'multiport', [...bang(words.negated), name, value]);
  };

function portRanges(value: string): PortRanges {
  return value.split(',').map((part) => {
    const [first = '', last = first] = part.split(/[:-]/);
    const range: readonly [number, number] = [first === '' ? 0 : Number(first), last === '' ? 65_535 : Number(last)];
    if (range.some((number) => !Number.isInteger(number) || number < 0 || number > 65_535)) throw new Errno('EINVAL', value);
    return range;
  });
}

const STATE_ORDER = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];

const state =
  (module: string, name: string): Option =>
  (draft, words) => {
    const states = words.next().toUpperCase().split(',');
    if (!states.every((one) => STATE_ORDER.includes(one))) throw new Errno('EINVAL', states.join(','));
    draft.matches.push(not(stateIn(states), words.negated));
    const text = STATE_ORDER.filter((one) => states.includes(one)).join(',');
    moduleWords(draft, module, [...bang(words.negated), name, text]);
  };

const tracked =
  (name: string, make: (value: string, words: Words) => Match): Option =>
  (draft, words) => {
    const value = words.next();
    draft.matches.push(not(make(value, words), words.negated));
    moduleWords(draft, 'conntrack', [...bang(words.negated), name, value]);
  };

const range =
  (name: string, side: 'source' | 'destination'): Option =>
  (draft, words) => {
    const value = words.next();
    const [first = '', last = first] = value.split('-');
    if (parseIp(first) === null || parseIp(last) === null) throw new Errno('EINVAL', value);
    draft.matches.push(not(rangeHolds(first, last, side), words.negated));
    moduleWords(draft, 'iprange', [...bang(words.negated), name, value]);
  };

const addressType =
  (name: string, side: 'source' | 'destination'): Option =>
  (draft, words) => {
    const type = words.next().toUpperCase();
    draft.matches.push(not(addressTypeIs(type, side), words.negated));
    moduleWords(draft, 'addrtype', [...bang(words.negated), name, type]);
  };

const comment: Option = (draft, words) => moduleWords(draft, 'comment', ['--comment', words.next()]);

const mark: Option = (draft, words) => {
  const text = words.next();
  const [value = 0, mask = 0xffffffff] = text.split('/').map(Number);
  draft.matches.push(not(markIs(value, mask | 0), words.negated));
  moduleWords(draft, 'mark', [...bang(words.negated), '--mark', `0x${value.toString(16)}`]);
};

const ipvs: Option = (draft, { negated }) => {
  draft.matches.push(not(balanced, negated));
  moduleWords(draft, 'ipvs', [...bang(negated), '--ipvs']);
};

const syn: Option = (draft, { negated }) => {
  draft.matches.push(not(synOnly, negated));
  moduleWords(draft, 'tcp', [...bang(negated), '--tcp-flags', 'FIN,SYN,RST,ACK', 'SYN']);
};

/** A module's name alone says nothing yet; iptables prints `-m tcp` only in front of its options. */
const module: Option = (_draft, words) => void words.next();

const jump =
  (goto: boolean): Option =>
  (draft, words) => {
    const name = words.next();
    draft.target = [goto ? '-g' : '-j', name];
    draft.compiled = targetOf(name, goto);
  };

function targetOf(name: string, goto: boolean): Target {
  switch (name) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return { kind: 'verdict', verdict: name };
    case 'REJECT':
      return { kind: 'reject', with: 'icmp-port-unreachable' };
    case 'DNAT':
    case 'SNAT':
      return { kind: name === 'DNAT' ? 'dnat' : 'snat', ip: undefined, ports: undefined };
    case 'MASQUERADE':
    case 'REDIRECT':
      return { kind: name === 'MASQUERADE' ? 'masquerade' : 'redirect', ports: undefined };
    case 'MARK':
      return { kind: 'mark', value: 0, mask: 0xffffffff };
    case 'LOG':
      return { kind: 'log' };
    case 'NOTRACK':
    case 'CT':
      return { kind: 'none' };
    default:
      return { kind: 'jump', chain: name, goto };
  }
}

const targetOption =
  (name: string): Option =>
  (draft, words) => {
    const hasValue = !name.startsWith('--random') && name !== '--persistent';
    const value = hasValue ? words.next() : '';
    draft.compiled = withOption(draft.compiled, name, value);
    draft.target.push(...(draft.compiled.kind === 'mark' ? markWords(draft.compiled) : [name, ...(hasValue ? [value] : [])]));
  };

const markWords = ({ value, mask: bits }: Extract<Target, { kind: 'mark' }>): readonly string[] => [
  '--set-xmark',
  `0x${value.toString(16)}/0x${(bits >>> 0).toString(16)}`,
];

function withOption(target: Target, name: string, value: string): Target {
  switch (target.kind) {
    case 'reject':
      return { ...target, with: value };
    case 'dnat':
    case 'snat':
      return name.startsWith('--to-') ? { kind: target.kind, ...endpoint(value) } : target;
    case 'masquerade':
    case 'redirect':
      return name === '--to-ports' ? { ...target, ports: portRanges(value)[0] } : target;
    case 'mark': {
      const [mark = 0, mask = 0xffffffff] = value.split('/').map(Number);
      return { kind: 'mark', value: mark, mask };
    }
    default:
      return target;
  }
}

/** `172.17.0.2:80`, `[2001:db8::2]:80`, an address alone, `:5353`, a range of ports. */
function endpoint(text: string): { ip: string | undefined; ports: readonly [number, number] | undefined } {
  const parts = /^(?:\[([^\]]+)\]|([0-9.]*)|([0-9a-fA-F:]+))(?::([\d-]+))?$/.exec(text);
  if (parts === null) throw new Errno('EINVAL', text);
  const [, bracketed, v4, v6, range] = parts;
  const ip = bracketed ?? (v4 === '' ? undefined : v4) ?? v6;
  return { ip, ports: range === undefined ? undefined : portRanges(range)[0] };
}

const OPTIONS: Readonly<Record<string, Option>> = {
  '-s': basic('-s', address(sourceIn)),
  '-d': basic('-d', address(destinationIn)),
  '-i': basic('-i', (value) => ({ text: value, match: inputIs(value) })),
  '-o': basic('-o', (value) => ({ text: value, match: outputIs(value) })),
  '-p': protocol,
  '-m': module,
  '-j': jump(false),
  '-g': jump(true),
  '--dport': port('--dport', 'destination'),
  '--sport': port('--sport', 'source'),
  '--dports': ports('--dports', 'destination'),
  '--sports': ports('--sports', 'source'),
  '--ports': ports('--ports', 'either'),
  '--ctstate': state('conntrack', '--ctstate'),
  '--state': state('state', '--state'),
  '--ctdir': tracked('--ctdir', (value) => directionIs(value.toUpperCase())),
  '--ctorigdst': tracked('--ctorigdst', (value, { family }) => originalIn(parsePrefix(value, family))),
  '--ctorigdstport': tracked('--ctorigdstport', (value) => originalPortIn(portRanges(value))),
  '--src-range': range('--src-range', 'source'),
  '--dst-range': range('--dst-range', 'destination'),
  '--dst-type': addressType('--dst-type', 'destination'),
  '--src-type': addressType('--src-type', 'source'),
  '--comment': comment,
  '--mark': mark,
  '--syn': syn,
  '--ipvs': ipvs,
  ...Object.fromEntries([...TARGET_OPTIONS].map((name) => [name, targetOption(name)])),
};
