import type { AuthConfig } from '../../api-types/index.ts';
import { decodeBase64 } from '../../http/base64.ts';
import type { Session } from './sessions.ts';
import type { Credentials } from './solve/images.ts';

type Auths = Readonly<Record<string, Pick<AuthConfig, 'username' | 'password'>>>;

const HUB = ['docker.io', 'index.docker.io', 'https://index.docker.io/v1/', 'registry-1.docker.io'];

/** X-Registry-Config: base64 of credentials by host. What cannot be read is nobody. */
function fromHeader(text: string | undefined): Auths {
  if (text === undefined || text === '') return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(decodeBase64(text) ?? new Uint8Array()));
    return typeof value === 'object' && value !== null ? (value as Auths) : {};
  } catch {
    return {};
  }
}

/** Whom a registry is told that one is. */
export function readCredentials(header: string | undefined, session: Session | undefined): (host: string) => Credentials | undefined {
  const auths: Auths = { ...fromHeader(header), ...session?.request.Auths };
  return (host) => {
    const names = HUB.includes(host) ? HUB : [host, `https://${host}`, `http://${host}`];
    const found = names.map((name) => auths[name]).find((auth) => auth?.username);
    return found?.username ? { username: found.username, password: found.password ?? '' } : undefined;
  };
}
