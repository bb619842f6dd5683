/** The JSON of a seccomp profile, read as Go's encoding/json reads it into Docker's types. Upstream: moby profiles/seccomp. */
import { jsonFault } from '../../../api-types/go-json.ts';
import { type DockerError, system } from '../../errors.ts';

/** For whom a rule is there, or is not. */
export interface Condition {
  readonly caps?: readonly string[] | null;
  readonly arches?: readonly string[] | null;
  /** `4.8` */
  readonly minKernel?: string | null;
}

export interface Rule {
  readonly name?: string | null;
  readonly names?: readonly string[] | null;
  readonly action?: string | null;
  readonly errnoRet?: number | null;
  /** Conditions on a call's arguments. */
  readonly args?: readonly ({ readonly op?: string | null } | null)[] | null;
  readonly includes?: Condition | null;
  readonly excludes?: Condition | null;
}

export interface Profile {
  readonly defaultAction?: string | null;
  readonly defaultErrnoRet?: number | null;
  readonly architectures?: readonly string[] | null;
  readonly flags?: readonly string[] | null;
  readonly listenerPath?: string | null;
  readonly archMap?:
    | readonly ({ readonly architecture?: string | null; readonly subArchitectures?: readonly string[] | null } | null)[]
    | null;
  readonly syscalls?: readonly (Rule | null)[] | null;
}

/** What a value has to be, under the name that Go has for it. */
type Shape =
  | { readonly kind: 'string' | 'uint'; readonly go: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'array'; readonly go: string; readonly of: Shape }
  | { readonly kind: 'object'; readonly go: string; readonly fields: Readonly<Record<string, Field>> };
/** `inside`: the embedded struct that it is a field of. */
interface Field {
  readonly shape: Shape;
  readonly inside?: string;
}

const text = (go = 'string'): Shape => ({ kind: 'string', go });
const count = (go = 'uint'): Shape => ({ kind: 'uint', go });
const list = (of: Shape & { readonly go: string }, go = `[]${of.go}`): Shape => ({ kind: 'array', go, of });
const record = (go: string, own: Readonly<Record<string, Shape>>, embedded?: readonly [string, Readonly<Record<string, Shape>>]) =>
  ({
    kind: 'object',
    go,
    fields: {
      ...Object.fromEntries(Object.entries(embedded?.[1] ?? {}).map(([name, shape]) => [name, { shape, inside: embedded?.[0] ?? '' }])),
      ...Object.fromEntries(Object.entries(own).map(([name, shape]) => [name, { shape }])),
    },
  }) as const;

const TEXT = { kind: 'string', go: 'string' } as const;
const ACTION = text('specs.LinuxSeccompAction');
const ARCH = { kind: 'string', go: 'specs.Arch' } as const;
const FILTER = record('seccomp.Filter', { caps: list(TEXT), arches: list(TEXT), minKernel: { kind: 'version' } });
const ARGUMENT = record('specs.LinuxSeccompArg', {
  index: count(),
  value: count('uint64'),
  valueTwo: count('uint64'),
  op: text('specs.LinuxSeccompOperator'),
});
const SYSCALL = record('seccomp.Syscall', { name: text(), comment: text(), includes: FILTER, excludes: FILTER }, [
  'LinuxSyscall',
  { names: list(TEXT), action: ACTION, errnoRet: count(), args: list(ARGUMENT) },
]);
const PROFILE = record(
  'seccomp.Seccomp',
  {
    archMap: list(record('seccomp.Architecture', { architecture: ARCH, subArchitectures: list(ARCH) })),
    syscalls: list(SYSCALL, '[]*seccomp.Syscall'),
  },
  [
    'LinuxSeccomp',
    {
      defaultAction: ACTION,
      defaultErrnoRet: count(),
      architectures: list(ARCH),
      flags: list({ kind: 'string', go: 'specs.LinuxSeccompFlag' }),
      listenerPath: text(),
      listenerMetadata: text(),
    },
  ],
);

/** Throws DockerError. */
export function parseProfile(json: string): Profile {
  const fault = jsonFault(json, 'all');
  if (fault !== null) throw refused(fault);
  const value: unknown = JSON.parse(json);
  check(value, PROFILE, { struct: '', path: [] });
  return (value ?? {}) as Profile;
}

const refused = (why: string): DockerError => system(`Decoding seccomp profile failed: ${why}`);

/** Where a value is: in a field of that struct, by the names from the top. */
interface Place {
  readonly struct: string;
  readonly path: readonly string[];
}

function check(value: unknown, shape: Shape, place: Place): void {
  if (value === null || value === undefined) return;
  if (shape.kind === 'version') return checkVersion(value);
  if (!fits(value, shape.kind)) throw refused(misfit(value, shape.go, place));
  if (shape.kind === 'array') for (const one of value as readonly unknown[]) check(one, shape.of, place);
  if (shape.kind !== 'object') return;
  const struct = shape.go.slice(shape.go.indexOf('.') + 1);
  for (const [name, one] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    const field = shape.fields[name];
    if (field) check(one, field.shape, { struct, path: [...place.path, ...(field.inside ? [field.inside] : []), name] });
  }
}

function fits(value: unknown, kind: 'string' | 'uint' | 'array' | 'object'): boolean {
  if (kind === 'uint') return typeof value === 'number' && Number.isInteger(value) && value >= 0;
  return kindOf(value) === kind;
}

function misfit(value: unknown, go: string, { struct, path }: Place): string {
  const what = typeof value === 'number' && go.startsWith('uint') ? `number ${value}` : kindOf(value);
  const where = path.length === 0 ? 'value' : `struct field ${struct}.${path.join('.')}`;
  return `json: cannot unmarshal ${what} into Go ${where} of type ${go}`;
}

/** A value's kind as encoding/json calls it. */
const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
};

function checkVersion(value: unknown): void {
  if (typeof value === 'string' && /^\d+\.\d+$/.test(value)) return;
  const more = typeof value === 'string' ? '' : `: json: cannot unmarshal ${kindOf(value)} into Go value of type string`;
  throw refused(`invalid kernel version: ${JSON.stringify(value)}, expected "<kernel>.<major>"${more}`);
}
