import { CliError } from '../errors.ts';

const ALIASES: Readonly<Record<string, readonly [string, string?]>> = {
  x86_64: ['amd64'],
  'x86-64': ['amd64'],
  aarch64: ['arm64'],
  armhf: ['arm', 'v7'],
  armel: ['arm', 'v6'],
  i386: ['386'],
};
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
/** What Go can be built for. */
const SYSTEMS = words(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos',
);
const ARCHITECTURES = words(
  '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm',
);
const COMPONENT = /^[A-Za-z0-9_.-]+$/;
const OWN_ARCHITECTURE = 'amd64';

/** What is wrong with a platform's name; undefined: nothing. Upstream: containerd platforms.Parse. */
function fault(text: string): string | undefined {
  const parts = text.split('/');
  const shown = JSON.stringify(text);
  if (parts.length > 3) return `${shown}: cannot parse platform specifier: invalid argument`;
  const bad = parts.find((part) => !COMPONENT.test(part));
  if (bad !== undefined)
    return `${JSON.stringify(bad)} is an invalid component of ${shown}: platform specifier component must match "${COMPONENT.source}": invalid argument`;
  const alone = text.toLowerCase();
  const isKnown = parts.length > 1 || SYSTEMS.has(alone) || ARCHITECTURES.has(ALIASES[alone]?.[0] ?? alone);
  return isKnown ? undefined : `${shown}: unknown operating system or architecture: invalid argument`;
}

/** Throws CliError for what is no platform's name; an empty one means any. */
export function checkPlatform(text: string, before = ''): void {
  const problem = text === '' ? undefined : fault(text);
  if (problem !== undefined) throw new CliError(before + problem);
}

/** `linux/arm64/v8` as the API's JSON. `before` stands before what is wrong with it. */
export function platformQuery(text: string | undefined, before = 'invalid platform: '): string | undefined {
  if (text === undefined || text === '') return undefined;
  checkPlatform(text, before);
  const parts = text.toLowerCase().split('/');
  const [first = ''] = parts;
  const [os = '', given, variant] = parts.length > 1 ? parts : SYSTEMS.has(first) ? [first, OWN_ARCHITECTURE] : ['linux', first];
  const [architecture, implied] = ALIASES[given ?? ''] ?? [given ?? ''];
  return JSON.stringify({ architecture, os, ...((variant ?? implied) ? { variant: variant ?? implied } : {}) });
}
