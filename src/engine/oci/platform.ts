import type { Platform } from './manifest.ts';

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
  i386: '386',
};
const KNOWN_ARCHITECTURES = new Set([
  '386',
  'amd64',
  'arm',
  'arm64',
  'loong64',
  'mips',
  'mips64',
  'mips64le',
  'mipsle',
  'ppc64',
  'ppc64le',
  'riscv64',
  's390x',
  'wasm',
]);
const KNOWN_SYSTEMS = new Set(['linux', 'windows', 'darwin', 'freebsd', 'wasi']);

/** `linux/arm64/v8`. */
export const formatPlatform = ({ os, architecture, variant }: Platform): string => `${os}/${architecture}${variant ? `/${variant}` : ''}`;

/** As containerd's platforms.Normalize: arm64 needs no `v8`, arm without a variant is `v7`. */
export function normalizePlatform(platform: Platform): Platform {
  const os = platform.os.toLowerCase();
  const architecture = ARCHITECTURES[platform.architecture.toLowerCase()] ?? platform.architecture.toLowerCase();
  const variant = normalVariant(architecture, platform.variant?.toLowerCase() ?? (platform.architecture === 'armel' ? 'v6' : ''));
  return { os, architecture, ...(variant === '' ? {} : { variant }) };
}

function normalVariant(architecture: string, variant: string): string {
  if (architecture === 'arm64') return variant === 'v8' || variant === '8' ? '' : variant;
  if (architecture === 'amd64') return variant === 'v1' ? '' : variant;
  if (architecture === 'arm') return variant === '' ? 'v7' : variant.replace(/^(\d)$/, 'v$1');
  return variant;
}

/** Reads `linux/arm64`, `arm64` or `linux`; null if that is no platform. */
export function parsePlatform(text: string): Platform | null {
  const parts = text.split('/');
  if (parts.length > 3 || parts.some((part) => !/^[A-Za-z0-9_.-]+$/.test(part))) return null;
  const [first = '', second, third] = parts;
  if (second !== undefined)
    return normalizePlatform({ os: first, architecture: second, ...(third === undefined ? {} : { variant: third }) });
  if (KNOWN_SYSTEMS.has(first.toLowerCase())) return { os: first.toLowerCase(), architecture: 'amd64' };
  const alone = normalizePlatform({ os: 'linux', architecture: first });
  return KNOWN_ARCHITECTURES.has(alone.architecture) ? alone : null;
}

/** Whether an image made for `offered` is one for `wanted`. */
export function matchesPlatform(wanted: Platform, offered: Platform): boolean {
  const a = normalizePlatform(wanted);
  const b = normalizePlatform(offered);
  return a.os === b.os && a.architecture === b.architecture && (a.variant ?? '') === (b.variant ?? '');
}
