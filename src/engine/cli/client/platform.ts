import { CliError } from '../errors.ts';

const ALIASES: Readonly<Record<string, readonly [string, string?]>> = {
  x86_64: ['amd64'],
  'x86-64': ['amd64'],
  aarch64: ['arm64'],
  armhf: ['arm', 'v7'],
  armel: ['arm', 'v6'],
  i386: ['386'],
};

/** `linux/arm64/v8` as the API's JSON. */
export function platformQuery(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const parts = text.toLowerCase().split('/');
  if (parts.length > 3 || parts.some((part) => !/^[a-z0-9_.-]+$/.test(part)))
    throw new CliError(`invalid platform: ${JSON.stringify(text)}`);
  const [os = '', given, variant] = parts.length === 1 ? ['linux', parts[0]] : parts;
  const [architecture, implied] = ALIASES[given ?? ''] ?? [given ?? ''];
  return JSON.stringify({ architecture, os, ...((variant ?? implied) ? { variant: variant ?? implied } : {}) });
}
