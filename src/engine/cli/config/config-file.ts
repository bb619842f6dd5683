/** The client's own settings: `~/.docker/config.json` with its keys in place, so that what we do not know is kept. */
import type { AuthConfig } from '../../api-types/index.ts';
import { decodeBase64, decodeText, encodeBase64, encodeText } from '../base64.ts';
import { errorCode, systemError } from '../errors.ts';
import type { Io } from '../io.ts';

interface Stored {
  readonly auth?: string;
  readonly identitytoken?: string;
}
export interface ConfigData {
  readonly auths?: Readonly<Record<string, Stored>>;
  readonly currentContext?: string;
  readonly detachKeys?: string;
  readonly HttpHeaders?: Readonly<Record<string, string>>;
  /** Other names of commands. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly psFormat?: string;
  readonly imagesFormat?: string;
  readonly networksFormat?: string;
  readonly volumesFormat?: string;
  readonly statsFormat?: string;
  readonly [other: string]: unknown;
}

export interface ConfigFile {
  readonly directory: string;
  readonly path: string;
  readonly data: ConfigData;
  /** Why the file could not be read; it counts as empty then. */
  readonly fault?: string;
  /** Writes the file anew with these changes; an undefined value takes a key away. */
  save(changes: ConfigData): void;
}

export function configDirectory(io: Io, flag: string | undefined): string {
  return flag || io.env.get('DOCKER_CONFIG') || `${io.env.get('HOME') ?? ''}/.docker`;
}

/** Reads the file; a missing one is empty. */
export function loadConfig(io: Io, directory: string): ConfigFile {
  const path = `${directory}/config.json`;
  const { data, fault } = readData(io, path);
  return {
    directory,
    path,
    data,
    ...(fault === undefined ? {} : { fault }),
    save: (changes) => {
      const next = Object.fromEntries(Object.entries({ auths: {}, ...data, ...changes }).filter(([, value]) => value !== undefined));
      io.files.mkdir(directory, { recursive: true, mode: 0o700 });
      io.files.write(path, encodeText(JSON.stringify(next, null, '\t')), 0o600);
    },
  };
}

interface Read {
  readonly data: ConfigData;
  readonly fault?: string;
}

function readData(io: Io, path: string): Read {
  let text: string;
  try {
    text = decodeText(io.files.read(path));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return errorCode(error) === 'ENOENT' ? { data: {} } : { data: {}, fault: `read ${path}: ${systemError(error)}` };
  }
  if (text.trim() === '') return { data: {} };
  try {
    const data: unknown = JSON.parse(text);
    const fault = misfit(data);
    return fault === undefined ? { data: data as ConfigData } : { data: {}, fault };
  } catch {
    return { data: {}, fault: syntaxFault(text) };
  }
}

const STRINGS = ['psFormat', 'imagesFormat', 'networksFormat', 'volumesFormat', 'statsFormat', 'detachKeys', 'currentContext'];
const MAPS: Readonly<Record<string, string>> = { auths: 'types.AuthConfig', HttpHeaders: 'string', aliases: 'string' };
const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value);

/** A value of another type than its field, in the words of Go's decoder. */
function misfit(data: unknown): string | undefined {
  const cannot = (value: unknown, into: string): string => `json: cannot unmarshal ${kindOf(value)} into Go ${into}`;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return cannot(data, 'value of type configfile.ConfigFile');
  for (const [key, value] of Object.entries(data)) {
    if (STRINGS.includes(key) && typeof value !== 'string') return cannot(value, `struct field ConfigFile.${key} of type string`);
    const item = MAPS[key];
    if (item !== undefined && kindOf(value) !== 'object') return cannot(value, `struct field ConfigFile.${key} of type map[string]${item}`);
  }
  return undefined;
}

/** What Go's decoder says of a text that is no JSON, as far as one look at its first fault tells. */
function syntaxFault(text: string): string {
  const [, before = '', wrong = ''] = /^((?:"(?:\\.|[^"\\])*"|[\s{}[\],:]|true|false|null|-?\d[\d.eE+-]*)*)([\s\S]?)/.exec(text) ?? [];
  const last = before.trimEnd().at(-1) ?? '';
  const gap = /[:,[{]\s*([}\]])/.exec(before)?.[1];
  if (gap !== undefined && !/[[{]\s*[}\]]/.test(before)) return `invalid character '${gap}' looking for beginning of value`;
  if (wrong === '') return 'unexpected end of JSON input';
  return `invalid character '${wrong}' looking for beginning of ${last === '{' || last === ',' ? 'object key string' : 'value'}`;
}

/** The account of a registry, from the file. */
export function authOf(config: ConfigFile, server: string): AuthConfig {
  const stored = config.data.auths?.[server];
  if (stored === undefined) return {};
  const [username = '', password = ''] = decodeText(decodeBase64(stored.auth ?? ''))
    .replace(/\0+$/, '')
    .split(/:(.*)/s);
  return {
    username,
    password,
    serveraddress: server,
    ...(stored.identitytoken === undefined ? {} : { identitytoken: stored.identitytoken }),
  };
}

/** An account as the header X-Registry-Auth has it. */
export const authHeader = (auth: AuthConfig): string => encodeBase64(encodeText(JSON.stringify(auth)), { url: true });
