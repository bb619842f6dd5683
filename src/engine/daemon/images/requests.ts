/** What requests about images carry as text: platforms, names, credentials. */

import type { AuthConfig } from '../../api-types/index.ts';
import { decodeBase64, encodeBase64 } from '../../http/base64.ts';
import { isDigest } from '../../oci/digest.ts';
import type { Platform } from '../../oci/manifest.ts';
import { parsePlatform } from '../../oci/platform.ts';
import { parseReference, type Reference, withDefaultTag, withDigest, withTag } from '../../oci/reference.ts';
import { createRegistryClient, type RegistryClient } from '../../registry/client/client.ts';
import type { Daemon } from '../daemon.ts';
import { invalid } from '../errors.ts';
import { endpointsFor } from '../registry-settings.ts';
import type { ImageSource } from './pull.ts';
import { registrySource } from './registry-source.ts';

/** `linux/arm64`, or JSON as newer clients send it. Throws DockerError. */
export function readPlatform(text: string | null): Platform | undefined {
  if (text === null || text === '') return undefined;
  if (text.startsWith('{')) {
    try {
      return JSON.parse(text) as Platform;
    } catch {
      throw invalid(`failed to parse platform: ${text}`);
    }
  }
  const platform = parsePlatform(text);
  if (!platform)
    throw invalid(
      `"${text}" is an invalid OS component of "${text}": OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)\\))?$"`,
    );
  return platform;
}

/** Several of them; what says nothing counts for nothing. Throws DockerError. */
export const readPlatforms = (texts: readonly string[]): readonly Platform[] =>
  texts.map(readPlatform).filter((platform) => platform !== undefined);

/** A name and, apart from it, a tag or digest. Throws ReferenceError. */
export function readName(name: string, tagOrDigest: string): Reference {
  const reference = parseReference(name);
  if (tagOrDigest === '') return withDefaultTag(reference);
  return isDigest(tagOrDigest) ? withDigest(reference, tagOrDigest) : withTag(reference, tagOrDigest);
}

/** The same, but all tags are meant where none is told. Throws ReferenceError. */
export const readRepository = (name: string, tagOrDigest: string): Reference =>
  tagOrDigest === '' ? parseReference(name.replace(/:$/, '')) : readName(name, tagOrDigest);

/** X-Registry-Auth: base64url of JSON. What cannot be read counts as nobody. */
function readAuth(text: string | undefined): AuthConfig | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    const bytes = decodeBase64(text);
    return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as AuthConfig) : undefined;
  } catch {
    return undefined;
  }
}

/** The registries of the world, asked with what the client gave along. */
export function clientFor(daemon: Daemon, authHeader: string | undefined): RegistryClient {
  const auth = readAuth(authHeader);
  const secret = auth?.identitytoken || auth?.password || '';
  const credentials = auth && secret !== '' ? { username: auth.username ?? '', password: secret } : undefined;
  return createRegistryClient({
    dial: daemon.dial,
    endpoints: endpointsFor(daemon.registries),
    load: (code) => daemon.sys.stall(code),
    ...(credentials ? { credentials: () => credentials } : {}),
  });
}

/** The same, to pull from. */
export const sourceFor = (daemon: Daemon, authHeader: string | undefined): ImageSource =>
  registrySource(daemon.sys, clientFor(daemon, authHeader));

/** A document for a header. */
export const headerJson = (value: unknown): string => encodeBase64(new TextEncoder().encode(JSON.stringify(value)));
