/** `RUN --mount=…`. Upstream: buildkit instructions/commands_runmount.go. */
import { csvFields } from './csv.ts';
import { DockerfileError, didYouMean, quoted } from './errors.ts';

export type MountType = 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';
export type Sharing = 'shared' | 'private' | 'locked';

export interface RunMount {
  readonly type: MountType;
  readonly from: string;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly sizeBytes: number;
  readonly id: string;
  readonly sharing: Sharing | '';
  readonly required: boolean;
  /** The variable that has a secret's value; empty: the secret's own name. */
  readonly env: string | undefined;
  readonly mode: number | undefined;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

const TYPES = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const SHARINGS = ['shared', 'private', 'locked'];
const KEYS = [
  'type',
  'from',
  'source',
  'target',
  'readonly',
  'id',
  'sharing',
  'required',
  'size',
  'mode',
  'uid',
  'gid',
  'src',
  'dst',
  'destination',
  'ro',
  'rw',
  'readwrite',
  'env',
];

type Draft = { -readonly [K in keyof RunMount]: RunMount[K] } & { isReadOnlySaid: boolean };

const fail = (message: string): never => {
  throw new DockerfileError(message);
};

/** What can be said before variables are known. Throws DockerfileError. */
export function checkMounts(specs: readonly string[]): void {
  for (const spec of specs)
    for (const field of csvFields(spec)) {
      const [, key = '', value = ''] = /^([^=]*)=([\s\S]*)$/.exec(field) ?? [];
      const dollar = value.indexOf('$');
      if (key.toLowerCase() === 'from' && dollar !== -1 && dollar !== value.length - 1)
        fail("'from' doesn't support variable expansion, define alias stage instead");
    }
}

/** Throws DockerfileError. */
export function parseMount(spec: string, expandWord: (text: string) => string): RunMount {
  const mount: Draft = {
    type: 'bind',
    from: '',
    source: '',
    target: '',
    readOnly: false,
    sizeBytes: 0,
    id: '',
    sharing: '',
    required: false,
    env: undefined,
    mode: undefined,
    uid: undefined,
    gid: undefined,
    isReadOnlySaid: false,
  };
  for (const field of csvFields(spec)) {
    const at = field.indexOf('=');
    const key = (at === -1 ? field : field.slice(0, at)).toLowerCase();
    if (at === -1) bare(mount, key, field);
    else valued(mount, { key, field, value: expandWord(field.slice(at + 1)) });
  }
  if (!mount.isReadOnlySaid) mount.readOnly = mount.type !== 'cache' && mount.type !== 'tmpfs';
  check(mount);
  const { isReadOnlySaid: _said, ...rest } = mount;
  return rest;
}

function bare(mount: Draft, key: string, field: string): void {
  if (key === 'readonly' || key === 'ro') Object.assign(mount, { readOnly: true, isReadOnlySaid: true });
  else if (key === 'readwrite' || key === 'rw') Object.assign(mount, { readOnly: false, isReadOnlySaid: true });
  else if (key !== 'required') fail(`invalid field '${field}' must be a key=value pair`);
  else if (mount.type === 'secret' || mount.type === 'ssh') mount.required = true;
  else fail(`unexpected key '${key}' for mount type '${mount.type}'`);
}

interface Field {
  readonly key: string;
  readonly value: string;
  readonly field: string;
}

function boolean({ key, value }: Field): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) return false;
  return fail(`invalid value for ${key}: ${value}`);
}

function number({ key, value }: Field, radix: 8 | 10): number {
  if (!(radix === 8 ? /^[0-7]+$/ : /^\d+$/).test(value) || Number.parseInt(value, radix) > 0xffff_ffff)
    fail(`invalid value ${value} for ${key}`);
  return Number.parseInt(value, radix);
}

function oneOf<T extends string>({ value }: Field, what: string, known: readonly string[]): T {
  const word = value.toLowerCase();
  if (!known.includes(word)) fail(`unsupported ${what} ${quoted(value)}${didYouMean(value, known)}`);
  return word as T;
}

const SIZE_UNITS = 'kmgtp';

function size({ key, value }: Field): number {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp])?i?b?$/i.exec(value);
  if (!match) return fail(`invalid value for ${key}: ${value}`);
  return Math.floor(Number(match[1]) * 1024 ** (SIZE_UNITS.indexOf((match[2] ?? '').toLowerCase() || ' ') + 1));
}

function valued(mount: Draft, field: Field): void {
  const { key, value } = field;
  const only = (...types: MountType[]): void => {
    if (!types.includes(mount.type)) fail(`unexpected key '${key}' for mount type '${mount.type}'`);
  };
  if (key === 'type') mount.type = oneOf<MountType>(field, 'mount type', TYPES);
  else if (key === 'from') mount.from = value;
  else if (key === 'source' || key === 'src') mount.source = value;
  else if (key === 'target' || key === 'dst' || key === 'destination') mount.target = value;
  else if (key === 'readonly' || key === 'ro') Object.assign(mount, { readOnly: boolean(field), isReadOnlySaid: true });
  else if (key === 'readwrite' || key === 'rw') Object.assign(mount, { readOnly: !boolean(field), isReadOnlySaid: true });
  else if (key === 'required') {
    only('secret', 'ssh');
    mount.required = boolean(field);
  } else if (key === 'size') {
    only('tmpfs');
    mount.sizeBytes = size(field);
  } else if (key === 'id') mount.id = value;
  else if (key === 'sharing') mount.sharing = oneOf<Sharing>(field, 'sharing value', SHARINGS);
  else if (key === 'mode') mount.mode = number(field, 8);
  else if (key === 'uid' || key === 'gid') mount[key] = number(field, 10);
  else if (key === 'env') mount.env = value;
  else fail(`unexpected key '${key}' in '${field.field}'${didYouMean(key, KEYS)}`);
}

function check(mount: Draft): void {
  const { type } = mount;
  if (type === 'bind' || type === 'tmpfs')
    for (const key of ['mode', 'uid', 'gid'] as const)
      if (mount[key] !== undefined) fail(`${key} not allowed for ${quoted(type)} type mounts`);
  if (type === 'secret') {
    if (mount.from !== '') fail('secret mount should not have a from');
    if (mount.sharing !== '') fail('secret mount should not define sharing');
    if (mount.source === '' && mount.target === '' && mount.id === '') fail('invalid secret mount. one of source, target required');
    if (mount.source !== '' && mount.id !== '') fail("both source and id can't be set");
  }
  if (mount.sharing !== '' && type !== 'cache') fail(`invalid cache sharing set for ${type} mount`);
}
