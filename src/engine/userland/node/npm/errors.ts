/** What npm says when something is wrong. */
export class NpmError extends Error {
  readonly code: string;
  readonly lines: readonly string[];
  /** Said before the lines: the call that failed. */
  readonly facts: readonly string[];
  readonly kind: 'plain' | 'lines' | 'network' | 'usage';
  readonly status: number;

  constructor(
    code: string,
    lines: readonly string[],
    facts: readonly string[] = [],
    kind: 'plain' | 'lines' | 'network' | 'usage' = 'plain',
    status = 1,
  ) {
    super(lines[0] ?? code);
    this.code = code;
    this.lines = lines;
    this.facts = facts;
    this.kind = kind;
    this.status = status;
  }
}

const NETWORK = [
  'network This is a problem related to network connectivity.',
  'network In most cases you are behind a proxy or have bad network settings.',
  'network',
  'network If you are behind a proxy, please make sure that the',
  "network 'proxy' config is set properly.  See: 'npm help config'",
];

export function errorText(error: NpmError, log: string): string {
  const lines = [
    ...(error.code === '' ? [] : [`code ${error.code}`]),
    ...error.facts,
    ...(error.kind === 'network' ? [...error.lines.map((line) => `network ${line}`), ...NETWORK] : error.lines),
  ];
  return [...lines, `A complete log of this run can be found in: ${log}`]
    .map((line) => `npm error ${line}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('');
}
