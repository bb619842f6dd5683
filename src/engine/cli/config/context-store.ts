/** Named engines: `~/.docker/contexts`. Upstream: docker/cli cli/context/store. */

import { DEFAULT_HOST } from '../client/endpoint.ts';
import { CliError, errorCode, systemError } from '../errors.ts';
import { byNature } from '../formatter/text.ts';
import type { Io } from '../io.ts';
import { decodeText, encodeText } from '../text.ts';
import type { ConfigFile } from './config-file.ts';
import { DEFAULT_CONTEXT } from './current-context.ts';
import { sha256Hex } from './sha256.ts';

export const DEFAULT_DESCRIPTION = 'Current DOCKER_HOST based configuration';
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/;

export interface DockerContext {
  readonly Name: string;
  readonly Metadata: Readonly<Record<string, unknown>>;
  readonly Endpoints: Readonly<Record<string, { readonly Host?: string; readonly SkipTLSVerify: boolean }>>;
}

export const metaDirectory = (config: ConfigFile, name: string): string =>
  `${config.directory}/contexts/meta/${sha256Hex(encodeText(name))}`;
export const tlsDirectory = (config: ConfigFile, name: string): string => `${config.directory}/contexts/tls/${sha256Hex(encodeText(name))}`;

export function readContext(io: Io, config: ConfigFile, name: string): DockerContext {
  if (name === DEFAULT_CONTEXT) return defaultContext(io);
  const path = `${metaDirectory(config, name)}/meta.json`;
  try {
    return JSON.parse(decodeText(io.files.read(path))) as DockerContext;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`context ${JSON.stringify(name)}: context not found: open ${path}: ${systemError(error)}`);
  }
}

export const contextIsStored = (io: Io, config: ConfigFile, name: string): boolean => io.files.stat(metaDirectory(config, name)) !== null;

export const contextExists = (io: Io, config: ConfigFile, name: string): boolean =>
  name === DEFAULT_CONTEXT || io.files.stat(`${metaDirectory(config, name)}/meta.json`) !== null;

export function writeContext(io: Io, config: ConfigFile, context: DockerContext): void {
  const directory = metaDirectory(config, context.Name);
  io.files.mkdir(directory, { recursive: true, mode: 0o755 });
  io.files.write(`${directory}/meta.json`, encodeText(JSON.stringify(context)), 0o644);
}

export function removeContext(io: Io, config: ConfigFile, name: string): void {
  for (const directory of [metaDirectory(config, name), tlsDirectory(config, name)]) {
    if (io.files.stat(directory) !== null) io.files.remove(directory);
  }
}

/** All of them, the default first. */
export function listContexts(io: Io, config: ConfigFile): readonly DockerContext[] {
  const root = `${config.directory}/contexts/meta`;
  const names = io.files.stat(root) === null ? [] : io.files.readdir(root);
  const found = names.map((name) => JSON.parse(decodeText(io.files.read(`${root}/${name}/meta.json`))) as DockerContext);
  return [defaultContext(io), ...found.sort((a, b) => byNature(a.Name, b.Name))];
}

function defaultContext(io: Io): DockerContext {
  return {
    Name: DEFAULT_CONTEXT,
    Metadata: {},
    Endpoints: { docker: { Host: io.env.get('DOCKER_HOST') || DEFAULT_HOST, SkipTLSVerify: false } },
  };
}

export function checkContextName(name: string): void {
  if (name === '') throw new CliError('context name cannot be empty');
  if (name === DEFAULT_CONTEXT) throw new CliError('"default" is a reserved context name');
  if (!NAME.test(name))
    throw new CliError(`context name ${JSON.stringify(name)} is invalid, names are validated against regexp "${NAME.source}"`);
}
