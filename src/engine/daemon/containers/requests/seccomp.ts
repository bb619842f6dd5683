/** What --security-opt says of system calls and privileges: Docker's JSON into a filter. Upstream: moby profiles/seccomp, runc libcontainer/seccomp. */

import { jsonFault } from '../../../api-types/go-json.ts';
import type { HostConfig } from '../../../api-types/index.ts';
import { guard, type SeccompProgram, type Verdict } from '../../../kernel/process/seccomp.ts';
import type { SeccompFilter } from '../../../kernel/sys.ts';
import type { Daemon } from '../../daemon.ts';
import { system } from '../../errors.ts';
import type { Security } from '../../runtime/spec.ts';
import { specRefused } from './errors.ts';

/** For whom a rule is there, or is not. */
interface Condition {
  readonly caps?: readonly string[];
  readonly arches?: readonly string[];
  /** `4.8` */
  readonly minKernel?: string;
}

interface Rule {
  readonly name?: string;
  readonly names?: readonly string[];
  readonly action: string;
  readonly errnoRet?: number;
  /** Conditions on a call's arguments. */
  readonly args?: readonly unknown[] | null;
  readonly includes?: Condition;
  readonly excludes?: Condition;
}

interface Profile {
  readonly defaultAction?: string;
  readonly defaultErrnoRet?: number;
  readonly architectures?: readonly string[];
  readonly archMap?: readonly unknown[];
  readonly syscalls?: readonly Rule[] | null;
}

/** What a rule's conditions are about. */
interface Surroundings {
  readonly capabilities: ReadonlySet<string>;
  /** The kernel's, `6.12.5-amd64`. */
  readonly release: string;
}

const ARCHITECTURE = 'amd64';
const EPERM = 1;
const ENOSYS = 38;
const PASSES: ReadonlySet<string> = new Set(['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG']);
const KILLS: ReadonlySet<string> = new Set(['SCMP_ACT_KILL', 'SCMP_ACT_KILL_THREAD', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_TRAP']);

/** What the options of a container say; of several profiles the last one holds. Throws DockerError. */
export function securityOf({ sys }: Daemon, { Privileged, SecurityOpt }: HostConfig, capabilities: ReadonlySet<string>): Security {
  const options = SecurityOpt ?? [];
  const named = options.findLast((option) => /^seccomp[:=]/.test(option))?.slice('seccomp='.length);
  const profile = named ?? (Privileged ? 'unconfined' : 'builtin');
  return {
    noNewPrivileges: /^no-new-privileges(?:[:=](?:1|t|true))?$/i.test(
      options.findLast((option) => option.startsWith('no-new-privileges')) ?? '',
    ),
    seccomp: profile === 'builtin' ? { capabilities } : filterFrom(profile, { capabilities, release: sys.uname.release }),
  };
}

/** A profile's text as the filter of a container. Throws DockerError. Undefined for a profile that says nothing. */
function filterFrom(text: string, around: Surroundings): SeccompFilter | undefined {
  if (text === 'unconfined') return undefined;
  const profile = parse(text);
  const rules = profile.syscalls ?? [];
  if ((profile.defaultAction ?? '') === '' && rules.length === 0) return undefined;
  if ((profile.architectures ?? []).length > 0 && (profile.archMap ?? []).length > 0) throw system(eitherOr('architectures', 'archMap'));
  for (const { name, names } of rules) if (name && names && names.length > 0) throw system(eitherOr('name', 'names'));
  const program = compile(profile, around);
  return { guard: (sys) => guard(sys, program) };
}

const eitherOr = (one: string, other: string): string =>
  `both '${one}' and '${other}' are specified in the seccomp profile, use either '${one}' or '${other}'`;

function parse(text: string): Profile {
  const refuse = (why: string): never => {
    throw system(`Decoding seccomp profile failed: ${why}`);
  };
  const fault = jsonFault(text, 'all');
  if (fault !== null) refuse(fault);
  const value: unknown = JSON.parse(text);
  if (!isRecord(value))
    return value === null ? {} : refuse(`json: cannot unmarshal ${kindOf(value)} into Go value of type seccomp.Seccomp`);
  const { syscalls } = value;
  if (syscalls !== undefined && syscalls !== null && !Array.isArray(syscalls))
    refuse(`json: cannot unmarshal ${kindOf(syscalls)} into Go struct field Seccomp.syscalls of type []*seccomp.Syscall`);
  return value;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value's kind as encoding/json calls it. */
const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
};

function compile({ defaultAction = '', defaultErrnoRet, syscalls }: Profile, around: Surroundings): SeccompProgram {
  const usual = verdictOf(defaultAction, defaultErrnoRet);
  const named = new Map<string, Verdict>();
  for (const rule of syscalls ?? []) {
    if (!applies(rule, around)) continue;
    const verdict = verdictOf(rule.action, rule.errnoRet);
    // Arguments are not looked at: what is allowed for some goes through, what is refused for some does too.
    if (rule.args && rule.args.length > 0 && verdict !== 'allow') continue;
    for (const name of rule.names ?? [rule.name ?? '']) if (!named.has(name)) named.set(name, verdict);
  }
  // A list of what is refused is about the call that is made; of what is allowed, any name that a C library may use will do.
  return usual === 'allow'
    ? ([name = '']) => named.get(name) ?? usual
    : (names) => names.map((name) => named.get(name) ?? usual).find((verdict) => verdict === 'allow') ?? named.get(names[0] ?? '') ?? usual;
}

function verdictOf(action: string, errno = EPERM): Verdict {
  if (PASSES.has(action)) return 'allow';
  if (KILLS.has(action)) return 'kill';
  if (action === 'SCMP_ACT_ERRNO') return { errno };
  // Nobody traces.
  if (action === 'SCMP_ACT_TRACE') return { errno: ENOSYS };
  throw specRefused(`string ${action} is not a valid action for seccomp`);
}

/** Upstream: setupSeccomp. */
function applies({ includes = {}, excludes = {} }: Rule, { capabilities, release }: Surroundings): boolean {
  const isRefused =
    excludes.arches?.includes(ARCHITECTURE) ||
    excludes.caps?.some((name) => capabilities.has(name)) ||
    (excludes.minKernel !== undefined && isAtLeast(release, excludes.minKernel));
  const isWanted =
    (includes.arches ?? []).length === 0 || includes.arches?.includes(ARCHITECTURE)
      ? (includes.caps ?? []).every((name) => capabilities.has(name)) &&
        (includes.minKernel === undefined || isAtLeast(release, includes.minKernel))
      : false;
  return !isRefused && isWanted;
}

function isAtLeast(release: string, wanted: string): boolean {
  const numbers = (text: string): readonly number[] => (/^(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
  const [[kernel = 0, major = 0], [least = 0, leastMajor = 0]] = [numbers(release), numbers(wanted)];
  return kernel > least || (kernel === least && major >= leastMajor);
}
