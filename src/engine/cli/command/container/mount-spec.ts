import type { Mount, MountType } from '../../../api-types/index.ts';
import { csvFields } from '../../build/options/csv.ts';
import { CliError } from '../../errors.ts';
import { FlagValueError } from '../../flags/index.ts';
import { parseBytes } from '../../flags/numbers.ts';

type Draft = { -readonly [Key in keyof Mount]?: Mount[Key] };
type Setter = (draft: Draft, value: string, field: string) => void;

type Mutable<Options> = { -readonly [Key in keyof Options]: Options[Key] };
/** The options of a kind of mount, made when the first of them is given. */
function optionsOf<Key extends 'BindOptions' | 'VolumeOptions' | 'TmpfsOptions'>(draft: Draft, key: Key): Mutable<NonNullable<Mount[Key]>> {
  const options: Mutable<NonNullable<Mount[Key]>> =
    (draft[key] as Mutable<NonNullable<Mount[Key]>> | undefined) ?? ({} as Mutable<NonNullable<Mount[Key]>>);
  draft[key] = options as Draft[Key];
  return options;
}
const BIND = (draft: Draft) => optionsOf(draft, 'BindOptions');
const VOLUME = (draft: Draft) => optionsOf(draft, 'VolumeOptions');
const TMPFS = (draft: Draft) => optionsOf(draft, 'TmpfsOptions');

const setSource: Setter = (draft, value) => {
  draft.Source = value;
};
const setTarget: Setter = (draft, value) => {
  draft.Target = value;
};
const setReadOnly: Setter = (draft, value, field) => {
  draft.ReadOnly = boolOf(value, field);
};

const FIELDS: Readonly<Record<string, Setter>> = {
  type: (draft, value) => {
    draft.Type = value.toLowerCase() as MountType;
  },
  source: setSource,
  src: setSource,
  target: setTarget,
  dst: setTarget,
  destination: setTarget,
  readonly: setReadOnly,
  ro: setReadOnly,
  consistency: (draft, value) => {
    draft.Consistency = value.toLowerCase();
  },
  'bind-propagation': (draft, value) => {
    BIND(draft).Propagation = value.toLowerCase();
  },
  'bind-nonrecursive': () => {
    throw new FlagValueError('bind-nonrecursive is deprecated, use bind-recursive=disabled instead');
  },
  'bind-create-src': (draft, value, field) => {
    BIND(draft).CreateMountpoint = boolOf(value, field);
  },
  'bind-recursive': setRecursive,
  'volume-subpath': (draft, value) => {
    VOLUME(draft).Subpath = value;
  },
  'volume-nocopy': (draft, value, field) => {
    VOLUME(draft).NoCopy = boolOf(value, field);
  },
  'volume-label': (draft, value) => {
    VOLUME(draft).Labels = { ...VOLUME(draft).Labels, ...pair(value) };
  },
  'volume-driver': (draft, value) => {
    VOLUME(draft).DriverConfig = { ...VOLUME(draft).DriverConfig, Name: value };
  },
  'volume-opt': (draft, value) => {
    VOLUME(draft).DriverConfig = { ...VOLUME(draft).DriverConfig, Options: { ...VOLUME(draft).DriverConfig?.Options, ...pair(value) } };
  },
  'image-subpath': (draft, value) => {
    draft.ImageOptions = { Subpath: value };
  },
  'tmpfs-size': (draft, value) => {
    TMPFS(draft).SizeBytes = wrapped(() => parseBytes(value), `invalid value for tmpfs-size: ${value}`);
  },
  'tmpfs-mode': (draft, value) => {
    if (!/^[0-7]+$/.test(value)) throw new FlagValueError(`invalid value for tmpfs-mode: ${value}`);
    TMPFS(draft).Mode = Number.parseInt(value, 8);
  },
};
/** Fields that may stand without a value. */
const SWITCHES = ['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive', 'bind-create-src'];

/**
 * `--mount type=bind,source=/a,target=/b,readonly`. Relative sources are made absolute when the request is built. Throws FlagValueError.
 * Upstream: docker/cli opts/mount.go.
 */
export function parseMount(text: string): Mount {
  if (text.trim() === '') throw new FlagValueError('value is empty');
  const draft: Draft = { Type: 'volume' };
  for (const field of fieldsOf(text)) {
    const [name = '', value] = field.split(/=(.*)/s);
    checkSpace(name, value, field);
    const key = name.toLowerCase();
    if (value === undefined && !SWITCHES.includes(key)) throw new FlagValueError(`invalid field '${field}' must be a key=value pair`);
    const setter = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
    if (setter === undefined) throw new FlagValueError(`unknown option '${key}' in '${field}'`);
    setter(draft, value ?? 'true', field);
  }
  return check(draft);
}

function checkSpace(name: string, value: string | undefined, field: string): void {
  if (name !== name.trim()) throw new FlagValueError(`invalid option '${name.trim()}' in '${field}': option should not have whitespace`);
  if (value === undefined) return;
  if (value.trim() === '') throw new FlagValueError(`invalid value for '${name}': value is empty`);
  if (value !== value.trim()) throw new FlagValueError(`invalid value for '${name}' in '${field}': value should not have whitespace`);
}

function check(draft: Draft): Mount {
  // Whether there is a target is the daemon's to say.
  const { Type = 'volume', Target = '' } = draft;
  const uses = [
    ['volume', draft.VolumeOptions],
    ['bind', draft.BindOptions],
    ['image', draft.ImageOptions],
    ['tmpfs', draft.TmpfsOptions],
  ] as const;
  for (const [kind, options] of uses) {
    if (options !== undefined && Type !== kind) throw new FlagValueError(`cannot mix '${kind}-*' options with mount type '${Type}'`);
  }
  checkRecursion(draft);
  return ordered({ ...draft, Type, Target });
}

function checkRecursion({ BindOptions, ReadOnly }: Draft): void {
  const needs = (option: string, what: string): FlagValueError =>
    new FlagValueError(`option 'bind-recursive=${option}' requires '${what}' to be specified in conjunction`);
  if (BindOptions?.ReadOnlyNonRecursive && !ReadOnly) throw needs('writable', 'readonly');
  if (!BindOptions?.ReadOnlyForceRecursive) return;
  if (!ReadOnly) throw needs('readonly', 'readonly');
  if (BindOptions.Propagation !== 'rprivate') throw needs('readonly', 'bind-propagation=rprivate');
}

/** The keys in the order in which Go writes them. */
function ordered(mount: Mount): Mount {
  const keys = [
    'Type',
    'Source',
    'Target',
    'ReadOnly',
    'Consistency',
    'BindOptions',
    'VolumeOptions',
    'ImageOptions',
    'TmpfsOptions',
  ] as const;
  return Object.fromEntries(
    keys.flatMap((key) => (mount[key] === undefined || mount[key] === '' || mount[key] === false ? [] : [[key, mount[key]]])),
  ) as unknown as Mount;
}

function setRecursive(draft: Draft, value: string): void {
  if (value === 'enabled') return;
  if (value === 'disabled') BIND(draft).NonRecursive = true;
  else if (value === 'writable') BIND(draft).ReadOnlyNonRecursive = true;
  else if (value === 'readonly') BIND(draft).ReadOnlyForceRecursive = true;
  else throw new FlagValueError(`invalid value for bind-recursive: ${value} (must be "enabled", "disabled", "writable", or "readonly")`);
}

function boolOf(value: string, field: string): boolean {
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  const name = field.split('=')[0] ?? '';
  throw new FlagValueError(
    `invalid value for '${name}': invalid boolean value (${JSON.stringify(value)}): must be one of "true", "1", "false", or "0" (default "true")`,
  );
}

function fieldsOf(text: string): readonly string[] {
  try {
    return csvFields(text);
  } catch (error) {
    throw error instanceof CliError ? new FlagValueError(error.message) : error;
  }
}

function wrapped<Value>(parse: () => Value, message: string): Value {
  try {
    return parse();
  } catch {
    throw new FlagValueError(message);
  }
}

function pair(text: string): Record<string, string> {
  const [name = '', value = ''] = text.split(/=(.*)/s);
  return { [name]: value };
}
