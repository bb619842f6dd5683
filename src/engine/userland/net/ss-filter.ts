/** What `ss` is told to show: `state NAME`, and conditions like `sport = :80` and `dst 10.0.0.1`, which all have to hold. */
import type { SocketAddress, SocketInfo } from '../../kernel/net/types.ts';
import { OptionError } from '../options.ts';

type Test = (socket: SocketInfo) => boolean;

const STATES: Readonly<Record<string, readonly SocketInfo['state'][]>> = {
  listening: ['LISTEN'],
  established: ['ESTAB'],
  'close-wait': ['CLOSE-WAIT'],
  'fin-wait-2': ['FIN-WAIT'],
  'time-wait': ['TIME-WAIT'],
  'syn-sent': ['SYN-SENT'],
  unconnected: ['UNCONN'],
  connected: ['ESTAB', 'CLOSE-WAIT', 'FIN-WAIT', 'TIME-WAIT', 'SYN-SENT'],
  all: ['LISTEN', 'ESTAB', 'CLOSE-WAIT', 'FIN-WAIT', 'TIME-WAIT', 'SYN-SENT', 'UNCONN'],
};
const EQUAL = ['=', '==', 'eq'];
const UNEQUAL = ['!=', 'neq', 'ne'];

export interface Filter {
  /** The states asked for, in place of those that the options mean. */
  readonly states: readonly SocketInfo['state'][] | undefined;
  readonly holds: Test;
}

/** Throws OptionError for what is not understood. */
export function readFilter(words: readonly string[], portOf: (name: string) => number | undefined): Filter {
  const rest = words
    .flatMap((word) => word.split(/\s+|(?<=[()])|(?=[()])/))
    .filter((word) => !['', '(', ')', 'and', '&', '&&'].includes(word));
  const tests: Test[] = [];
  let states: readonly SocketInfo['state'][] | undefined;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'state') {
      const name = rest.shift() ?? '';
      states = [...(states ?? []), ...(STATES[name] ?? fail(name === '' ? word : name))];
    } else if (/^[sd]port$/.test(word) || word === 'src' || word === 'dst') {
      const isLocal = word.startsWith('s');
      const operator = [...EQUAL, ...UNEQUAL].includes(rest[0] ?? '') ? (rest.shift() ?? '=') : '=';
      const matches = endTest(rest.shift() ?? fail(word), word.endsWith('port'), portOf);
      const wanted = !UNEQUAL.includes(operator);
      tests.push(({ local, peer }) => matches(isLocal ? local : peer) === wanted);
    } else fail(word);
  }
  return { states, holds: (socket) => tests.every((test) => test(socket)) };
}

function fail(word: string): never {
  throw new OptionError(`bison bellows (while parsing filter): "${word}" is not understood here`);
}

function endTest(text: string, isPort: boolean, portOf: (name: string) => number | undefined): (end: SocketAddress | undefined) => boolean {
  const [, ip = '', name] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(isPort && !text.includes(':') ? `:${text}` : text) ?? fail(text);
  const port = name === undefined || name === '' ? undefined : /^\d+$/.test(name) ? Number(name) : (portOf(name) ?? fail(text));
  const address = ip.replace(/^\[|\]$/g, '');
  return (end) => {
    if (end === undefined || end.family === 'unix') return false;
    return (port === undefined || end.port === port) && (address === '' || end.ip.replace(/^::ffff:/, '') === address);
  };
}
