/** What --security-opt says of system calls and privileges: Docker's JSON into a filter. Upstream: moby profiles/seccomp, runc libcontainer/seccomp. */

import type { HostConfig } from '../../../api-types/index.ts';
import { guard, type SeccompProgram, type Verdict } from '../../../kernel/process/seccomp.ts';
import type { SeccompFilter } from '../../../kernel/sys.ts';
import type { Daemon } from '../../daemon.ts';
import { system } from '../../errors.ts';
import type { Security } from '../../runtime/spec.ts';
import { createFailed } from '../errors.ts';
import { specRefused } from './errors.ts';
import { type Profile, parseProfile, type Rule } from './seccomp-profile.ts';

/** What a rule's conditions are about. */
interface Surroundings {
  readonly capabilities: ReadonlySet<string>;
  /** The kernel's, `6.12.5-amd64`. */
  readonly release: string;
}

const ARCHITECTURE = 'amd64';
const FLAGS = ['TSYNC', 'LOG', 'SPEC_ALLOW', 'WAIT_KILLABLE_RECV'].map((name) => `SECCOMP_FILTER_FLAG_${name}`);
const OPERATORS = ['NE', 'LT', 'LE', 'EQ', 'GE', 'GT', 'MASKED_EQ'].map((name) => `SCMP_CMP_${name}`);
const EPERM = 1;
const ENOSYS = 38;
const PASSES: ReadonlySet<string> = new Set(['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG']);
const NOTIFY = 'SCMP_ACT_NOTIFY';
const FAILS: ReadonlySet<string> = new Set(['SCMP_ACT_ERRNO', 'SCMP_ACT_TRACE', NOTIFY]);
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
  const profile = parseProfile(text);
  const rules = (profile.syscalls ?? []).filter((rule) => rule !== null);
  if (!profile.defaultAction && rules.length === 0) return undefined;
  if (profile.architectures?.length && profile.archMap?.length) throw system(eitherOr('architectures', 'archMap'));
  for (const { name, names } of rules) if (name && names?.length) throw system(eitherOr('name', 'names'));
  const wanted = { ...profile, syscalls: rules.filter((rule) => applies(rule, around)) };
  checkWords(wanted);
  checkAgent(wanted);
  const program = compile(wanted);
  return { guard: (sys) => guard(sys, program) };
}

const eitherOr = (one: string, other: string): string =>
  `both '${one}' and '${other}' are specified in the seccomp profile, use either '${one}' or '${other}'`;

/** Which words runc knows. Upstream: runc libcontainer/specconv, in its order. */
function checkWords({ flags, architectures, archMap, defaultAction, syscalls }: Profile): void {
  for (const flag of flags ?? []) if (!FLAGS.includes(flag)) throw specRefused(`seccomp flag ${flag} is not known to runc`);
  const own = (archMap ?? []).find((one) => one?.architecture === 'SCMP_ARCH_X86_64');
  for (const name of [...(architectures ?? []), ...(own?.subArchitectures ?? [])])
    if (!/^SCMP_ARCH_[A-Z0-9_]+$/.test(name)) throw specRefused(`string ${name} is not a valid arch for seccomp`);
  for (const action of [defaultAction, ...(syscalls ?? []).map((rule) => rule?.action)]) checkAction(action ?? '');
  for (const op of (syscalls ?? []).flatMap((rule) => (rule?.args ?? []).map((arg) => arg?.op ?? '')))
    if (!OPERATORS.includes(op)) throw specRefused(`string ${op} is not a valid operator for seccomp`);
}

function checkAction(action: string): void {
  if (!PASSES.has(action) && !KILLS.has(action) && !FAILS.has(action))
    throw specRefused(`string ${action} is not a valid action for seccomp`);
}

/** Somebody else is to decide, who listens at a socket. */
function checkAgent({ defaultAction, listenerPath, syscalls }: Profile): void {
  if (defaultAction === NOTIFY) throw createFailed(`${NOTIFY} cannot be used as default action`);
  if ((syscalls ?? []).some((rule) => rule?.action === NOTIFY))
    throw createFailed(
      `failed to connect with seccomp agent specified in the seccomp profile: dial unix ${listenerPath ?? ''}: connect: no such file or directory`,
    );
}

function compile({ defaultAction, defaultErrnoRet, syscalls }: { readonly syscalls: readonly Rule[] } & Profile): SeccompProgram {
  const usual = verdictOf(defaultAction, defaultErrnoRet);
  const named = new Map<string, Verdict>();
  for (const { name, names, action, errnoRet, args } of syscalls) {
    const verdict = verdictOf(action, errnoRet);
    // Arguments are not looked at: what is allowed for some goes through, what is refused for some does too.
    if (args?.length && verdict !== 'allow') continue;
    for (const one of names?.length ? names : [name ?? '']) if (!named.has(one)) named.set(one, verdict);
  }
  // A list of what is refused is about the call that is made; of what is allowed, any name that a C library may use will do.
  return usual === 'allow'
    ? ([name = '']) => named.get(name) ?? usual
    : (names) => names.map((name) => named.get(name) ?? usual).find((verdict) => verdict === 'allow') ?? named.get(names[0] ?? '') ?? usual;
}

function verdictOf(action: string | null = '', errno?: number | null): Verdict {
  if (PASSES.has(action ?? '')) return 'allow';
  if (KILLS.has(action ?? '')) return 'kill';
  // Nobody traces.
  return { errno: action === 'SCMP_ACT_TRACE' ? ENOSYS : (errno ?? EPERM) };
}

/** Upstream: setupSeccomp. */
function applies({ includes, excludes }: Rule, { capabilities, release }: Surroundings): boolean {
  const isRefused =
    excludes?.arches?.includes(ARCHITECTURE) ||
    excludes?.caps?.some((name) => capabilities.has(name)) ||
    (excludes?.minKernel && isAtLeast(release, excludes.minKernel));
  const isWanted =
    (!includes?.arches?.length || includes.arches.includes(ARCHITECTURE)) &&
    (includes?.caps ?? []).every((name) => capabilities.has(name)) &&
    (!includes?.minKernel || isAtLeast(release, includes.minKernel));
  return !isRefused && isWanted;
}

function isAtLeast(release: string, wanted: string): boolean {
  const numbers = (text: string): readonly number[] => (/^(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
  const [[kernel = 0, major = 0], [least = 0, leastMajor = 0]] = [numbers(release), numbers(wanted)];
  return kernel > least || (kernel === least && major >= leastMajor);
}
