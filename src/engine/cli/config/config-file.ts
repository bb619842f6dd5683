/** The client's own settings: `~/.docker/config.json` with its keys in place, so that what we do not know is kept. */

import type { AuthConfig } from '../../api-types/index.ts';
import { encodeBase64, readBase64 } from '../../http/base64.ts';
import { type Io, loadCode } from '../io.ts';
import { decodeText, encodeText } from '../text.ts';

interface Stored {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}
export interface ConfigData {
  readonly auths?: Readonly<Record<string, Stored>>;
  /** Which program keeps the passwords, for all registries and for single ones. */
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly currentContext?: string;
  readonly detachKeys?: string;
  readonly HttpHeaders?: Readonly<Record<string, string>>;
  /** Other names of commands. */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
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

/** Also a file that cannot be seen: reading it says why. */
function mayBeThere({ files }: Io, path: string): boolean {
  try {
    return files.stat(path) !== null;
  } catch {
    return true;
  }
}

/** What was read; with `fault`, why it counts as empty. */
export interface Read {
  readonly data: ConfigData;
  readonly fault?: string;
}

/** Reads the file; a missing one is empty, and needs nobody who reads it. */
export async function loadConfig(io: Io, directory: string): Promise<ConfigFile> {
  const path = `${directory}/config.json`;
  const { data, fault }: Read = mayBeThere(io, path)
    ? (await loadCode(io, () => import('./read-config.ts'))).readConfig(io, path)
    : { data: {} };
  return {
    directory,
    path,
    data,
    ...(fault === undefined ? {} : { fault }),
    save: (changes) => {
      const { auths = {}, ...rest } = { ...data, ...changes };
      const next = Object.fromEntries(
        Object.entries({ auths: Object.fromEntries(Object.entries(auths).sort(([a], [b]) => (a < b ? -1 : 1))), ...rest }).filter(
          ([, value]) => value !== undefined,
        ),
      );
      io.files.mkdir(directory, { recursive: true, mode: 0o700 });
      io.files.write(path, encodeText(JSON.stringify(next, null, '\t')), 0o600);
    },
  };
}

/** The account of a registry, from the file. */
export function authOf(config: ConfigFile, server: string): AuthConfig {
  const stored = config.data.auths?.[server];
  if (stored === undefined) return {};
  const pair = decodeText(readBase64(stored.auth ?? ''))
    .replace(/\0+$/, '')
    .split(/:(.*)/s);
  const [username = '', password = ''] = stored.auth ? pair : [stored.username, stored.password];
  return {
    username,
    password,
    serveraddress: server,
    ...(stored.identitytoken === undefined ? {} : { identitytoken: stored.identitytoken }),
  };
}

/** An account as the header X-Registry-Auth has it. */
export const authHeader = (auth: AuthConfig): string => encodeBase64(encodeText(JSON.stringify(auth)), { url: true });
