import type { AuthConfig, AuthResponse } from '../../api-types/index.ts';
import { createRegistryClient } from '../../registry/client/client.ts';
import { RegistryError } from '../../registry/client/errors.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError, system } from '../errors.ts';
import { baseUrl } from '../images/registry-errors.ts';
import { endpointsFor } from '../registry-settings.ts';

const HUB_NAMES = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

/** POST /auth: whether a registry takes these credentials. Throws DockerError. */
export async function login(daemon: Daemon, { username = '', password = '', serveraddress = '' }: AuthConfig): Promise<AuthResponse> {
  const domain = serveraddress.replace(/^https?:\/\//, '').split('/')[0] ?? '';
  const client = createRegistryClient({
    dial: daemon.dial,
    endpoints: (domain) => endpointsFor({ ...daemon.registries, mirrors: [] })(domain),
  });
  try {
    await client.ping(domain === '' || HUB_NAMES.includes(domain) ? 'docker.io' : domain, { username, password });
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    throw loginError(error);
  }
  return { Status: 'Login Succeeded' };
}

function loginError(error: RegistryError): DockerError {
  const at = error.kind === 'unreachable' ? baseUrl(error.registry) : error.registry;
  if (error.kind !== 'unauthorized' && error.kind !== 'denied') return system(`Get "${at}": ${error.message}`, error);
  const message = error.isTokenService
    ? `Get "${at}": unauthorized: incorrect username or password`
    : `login attempt to ${at} failed with status: ${error.status} ${error.status === 403 ? 'Forbidden' : 'Unauthorized'}`;
  return new DockerError('unauthorized', message, { cause: error });
}
