import type { AuthConfig, AuthResponse } from '../../api-types/index.ts';
import { createRegistryClient } from '../../registry/client/client.ts';
import { RegistryError } from '../../registry/client/errors.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError, system } from '../errors.ts';

/** POST /auth: whether a registry takes these credentials. Throws DockerError. */
export async function login(daemon: Daemon, { username = '', password = '', serveraddress = '' }: AuthConfig): Promise<AuthResponse> {
  const domain = serveraddress.replace(/^https?:\/\//, '').split('/')[0] ?? '';
  const client = createRegistryClient({ dial: daemon.dial });
  try {
    await client.ping(domain === '' || domain === 'index.docker.io' ? 'docker.io' : domain, { username, password });
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    if (error.kind === 'unauthorized' || error.kind === 'denied')
      throw new DockerError('unauthorized', `login attempt to ${error.url} failed with status: 401 Unauthorized`);
    throw system(`Get "${error.url}": ${error.message}`, error);
  }
  return { Status: 'Login Succeeded' };
}
