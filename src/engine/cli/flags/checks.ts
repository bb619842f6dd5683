/** What single flags of `run` and `create` take, one function each; the sentences stand around in Docker's opts package. */

import { isIpAddress } from '../address.ts';
import { FlagValueError } from './flag.ts';

export function label(text: string): string {
  const name = text.split('=', 1)[0] ?? '';
  if (name === '') throw new FlagValueError(`invalid label '${text}': empty name`);
  if (/\s/.test(name)) throw new FlagValueError(`label '${name}' contains whitespaces`);
  return text;
}

export function env(text: string): string {
  if (text === '' || text.startsWith('=')) throw new FlagValueError(`invalid environment variable: ${text}`);
  return text;
}

export function extraHost(text: string): string {
  const at = text.search(/[=:]/);
  if (at <= 0) throw new FlagValueError(`bad format for add-host: ${JSON.stringify(text)}`);
  const [host, address] = [text.slice(0, at), text.slice(at + 1)];
  const bare = address.startsWith('[') && address.endsWith(']') ? address.slice(1, -1) : address;
  if (bare !== 'host-gateway' && !isIpAddress(bare)) throw new FlagValueError(`invalid IP address in add-host: ${JSON.stringify(address)}`);
  return `${host}:${bare}`;
}

export function ipAddress(text: string): string {
  if (!isIpAddress(text.trim())) throw new FlagValueError(`IP address is not correctly formatted: ${text}`);
  return text.trim();
}

/** An address that stands alone; pflag's words differ from Docker's own. */
export function plainIp(text: string): string {
  if (text.trim() !== '' && !isIpAddress(text.trim())) throw new FlagValueError(`failed to parse IP: ${JSON.stringify(text)}`);
  return text.trim();
}

/** One of a list of addresses. */
export function listedIp(text: string): string {
  if (!isIpAddress(text.trim())) throw new FlagValueError(`invalid string being converted to IP address: ${text}`);
  return text.trim();
}

/** One of a list of address ranges. */
export function listedRange(text: string): string {
  const [address = '', length = ''] = text.trim().split('/');
  if (!isIpAddress(address) || !/^\d+$/.test(length) || Number(length) > (address.includes(':') ? 128 : 32))
    throw new FlagValueError(`invalid string being converted to CIDR: ${text}`);
  return text.trim();
}

export function dnsSearch(text: string): string {
  const domain = text.trim();
  if (domain === '.') return domain;
  if (
    !/[a-zA-Z]/.test(domain) ||
    !/^(:?[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(\.(:?[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*\.?$/.test(domain)
  ) {
    throw new FlagValueError(`${domain} is not a valid domain`);
  }
  return domain;
}

export function attach(text: string): string {
  const stream = text.toLowerCase();
  if (!['stdin', 'stdout', 'stderr'].includes(stream)) throw new FlagValueError('valid streams are STDIN, STDOUT and STDERR');
  return stream;
}

export function link(text: string): string {
  if (text === '') throw new FlagValueError('empty string specified for links');
  if (text.split(':').length > 2) throw new FlagValueError(`bad format for links: ${text}`);
  return text;
}

const SYSCTLS = [
  'kernel.msgmax',
  'kernel.msgmnb',
  'kernel.msgmni',
  'kernel.sem',
  'kernel.shmall',
  'kernel.shmmax',
  'kernel.shmmni',
  'kernel.shm_rmid_forced',
];

export function sysctl(text: string): string {
  const name = text.split('=', 1)[0] ?? '';
  if (text.includes('=') && (SYSCTLS.includes(name) || name.startsWith('net.') || name.startsWith('fs.mqueue.'))) return text;
  throw new FlagValueError(`sysctl '${text}' is not allowed`);
}

export function deviceCgroupRule(text: string): string {
  if (!/^[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}$/.test(text)) throw new FlagValueError(`invalid device cgroup format '${text}'`);
  return text;
}
