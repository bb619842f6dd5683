/** Devices and what weakens or strengthens isolation: flags of `run` and `create` that few give. */

import { jsonFault } from '../../../api-types/go-json.ts';
import type { DeviceMapping } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { readFile } from '../../stream/files.ts';
import { decodeText } from '../../text.ts';

/** Some of r, w and m, each once. */
const isDeviceMode = (text: string): boolean => /^[rwm]{1,3}$/.test(text) && new Set(text).size === text.length;

/** `/dev/a:/dev/b:rwm`. */
export function deviceMapping(text: string): DeviceMapping {
  const [host = '', inside, permissions, ...more] = text.split(':');
  if (more.length > 0 || host === '' || inside === '') throw new CliError(`bad format for path: ${text}`);
  if (permissions !== undefined && !isDeviceMode(permissions)) throw new CliError(`bad mode specified: ${permissions}`);
  const path = inside === undefined || (permissions === undefined && isDeviceMode(inside)) ? host : inside;
  if (!path.startsWith('/')) throw new CliError(`${path} is not an absolute path`);
  const onlyMode = permissions === undefined && inside !== undefined && isDeviceMode(inside);
  return {
    PathOnHost: host,
    PathInContainer: onlyMode || inside === undefined ? host : inside,
    CgroupPermissions: onlyMode ? inside : (permissions ?? 'rwm'),
  };
}

export function securityOptions(io: Io, options: readonly string[]): readonly string[] {
  return options
    .filter((option) => option !== 'systempaths=unconfined')
    .map((option) => {
      const [name = '', value] = option.split(/[=:](.*)/s);
      if ((value ?? '') === '' && name !== 'no-new-privileges') throw new CliError(`invalid --security-opt: ${JSON.stringify(option)}`);
      if (name !== 'seccomp' || value === undefined || ['unconfined', 'builtin'].includes(value)) return option;
      return `seccomp=${compact(value, seccompProfile(io, value))}`;
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

function compact(path: string, json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    throw new CliError(`compacting json for seccomp profile (${path}) failed: ${jsonFault(json, 'all')}`);
  }
}
