/** Devices and what weakens or strengthens isolation: flags of `run` and `create` that few give. */
import type { DeviceMapping, DeviceRequest } from '../../../api-types/index.ts';
import { decodeText } from '../../base64.ts';
import { CliError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { readFile } from '../../stream/files.ts';

/** `/dev/a:/dev/b:rwm`. */
export function deviceMapping(text: string): DeviceMapping {
  const [host = '', inside, permissions, ...more] = text.split(':');
  if (more.length > 0) throw new CliError(`invalid device specification: ${text}`);
  const onlyMode = permissions === undefined && inside !== undefined && /^[rwm]{1,3}$/.test(inside);
  return {
    PathOnHost: host,
    PathInContainer: onlyMode || inside === undefined ? host : inside,
    CgroupPermissions: onlyMode ? inside : (permissions ?? 'rwm'),
  };
}

/** `all`, `2`, `driver=nvidia,count=1`, `"device=0,1"`. Upstream: docker/cli opts/gpus.go. */
export function gpuRequest(text: string): DeviceRequest {
  const fields = [...text.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const set = new Map(fields.map((field): [string, string] => (field.includes('=') ? halves(field) : ['count', field])));
  const known = ['driver', 'count', 'device', 'capabilities', 'options'];
  for (const [key, value] of set) if (!known.includes(key)) throw new CliError(`unexpected key '${key}' in '${key}=${value}'`);
  const capabilities = set.get('capabilities');
  return {
    Driver: set.get('driver') ?? '',
    Count: gpuCount(set.get('count') ?? (set.has('device') ? '0' : '1')),
    DeviceIDs: set.get('device')?.split(',') ?? null,
    Capabilities: [capabilities === undefined ? ['gpu'] : [...capabilities.split(','), 'gpu']],
    Options: Object.fromEntries(
      (set.get('options') ?? '')
        .split(',')
        .filter((option) => option !== '')
        .map(halves),
    ),
  };
}

function gpuCount(text: string): number {
  if (text === 'all') return -1;
  if (!/^[-+]?\d+$/.test(text)) throw new CliError(`invalid count (${text}): value must be either "all" or an integer`);
  return Number(text);
}

const halves = (text: string): [string, string] => [
  text.split('=', 1)[0] ?? '',
  text.includes('=') ? text.slice(text.indexOf('=') + 1) : '',
];

export function securityOptions(io: Io, options: readonly string[]): readonly string[] {
  return options
    .filter((option) => option !== 'systempaths=unconfined')
    .map((option) => {
      const [name = '', value] = option.split(/[=:](.*)/s);
      if (value === undefined && name !== 'no-new-privileges') throw new CliError(`invalid --security-opt: ${JSON.stringify(option)}`);
      if (name !== 'seccomp' || value === undefined || ['unconfined', 'builtin'].includes(value)) return option;
      return `seccomp=${compact(seccompProfile(io, value))}`;
    });
}

function seccompProfile(io: Io, path: string): string {
  try {
    return decodeText(readFile(io, path));
  } catch (error) {
    if (error instanceof CliError) throw new CliError(`opening seccomp profile (${path}) failed: ${error.message}`);
    throw error;
  }
}

function compact(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    throw new CliError('compacting json for seccomp profile failed: invalid JSON');
  }
}
