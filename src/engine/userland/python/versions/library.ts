/** What the standard library of each version has. */
import type { PyModule } from '../runtime/values.ts';
import type { Version } from './versions.ts';

interface Lifetime {
  /** The minor version that brought it. */
  readonly since?: number;
  /** The first one without it. */
  readonly until?: number;
}

/** Modules that not every version has. */
const MODULES: Readonly<Record<string, Lifetime>> = {
  tomllib: { since: 11 },
  distutils: { until: 12 },
  asyncore: { until: 12 },
  asynchat: { until: 12 },
  imp: { until: 12 },
  smtpd: { until: 12 },
  cgi: { until: 13 },
  telnetlib: { until: 13 },
};

/** Names in modules, by the minor version that brought them. */
const NAMES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  asyncio: { TaskGroup: 11, timeout: 11, timeout_at: 11, Runner: 11, Barrier: 11, QueueShutDown: 13 },
  builtins: {
    ExceptionGroup: 11,
    BaseExceptionGroup: 11,
    aiter: 10,
    anext: 10,
    EncodingWarning: 10,
    PythonFinalizationError: 13,
  },
  contextlib: { aclosing: 10, chdir: 11 },
  copy: { replace: 13 },
  dataclasses: { KW_ONLY: 10 },
  datetime: { UTC: 11 },
  enum: { StrEnum: 11, EnumType: 11, verify: 11, member: 11, nonmember: 11, ReprEnum: 11, property: 11 },
  hashlib: { file_digest: 11 },
  inspect: { get_annotations: 10 },
  itertools: { pairwise: 10, batched: 12 },
  logging: { getLevelNamesMapping: 11 },
  math: { cbrt: 11, exp2: 11, sumprod: 12, fma: 13 },
  operator: { call: 11 },
  os: { process_cpu_count: 13 },
  queue: { ShutDown: 13 },
  random: { binomialvariate: 12 },
  re: { PatternError: 13, NOFLAG: 11 },
  statistics: { correlation: 10, covariance: 10, linear_regression: 10 },
  sys: { exception: 11 },
  threading: { gettrace: 10, getprofile: 10 },
  types: { NoneType: 10, UnionType: 10, EllipsisType: 10, NotImplementedType: 10 },
  typing: {
    Concatenate: 10,
    ParamSpec: 10,
    TypeAlias: 10,
    TypeGuard: 10,
    LiteralString: 11,
    Never: 11,
    NotRequired: 11,
    Required: 11,
    Self: 11,
    TypeVarTuple: 11,
    Unpack: 11,
    assert_never: 11,
    assert_type: 11,
    reveal_type: 11,
    TypeAliasType: 12,
    NoDefault: 13,
    override: 12,
    ReadOnly: 13,
    TypeIs: 13,
  },
  warnings: { deprecated: 13 },
};

/** Whether this version has a module of the library. */
export function hasModule(name: string, { minor }: Version): boolean {
  const life = MODULES[name];
  return minor >= (life?.since ?? 0) && minor < (life?.until ?? Number.POSITIVE_INFINITY);
}

/** Takes what is newer than a version out of a module. */
export function withoutNewer(module: Pick<PyModule, 'attrs'>, name: string, { minor }: Version): void {
  for (const [one, since] of Object.entries(NAMES[name] ?? {})) if (minor < since) module.attrs.delete(one);
}
