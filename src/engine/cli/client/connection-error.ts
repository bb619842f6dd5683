/** Why an engine cannot be reached, as Docker says it. */
import { ConnectionError, errorCode, systemError } from '../errors.ts';
import type { Endpoint } from './endpoint.ts';

export function connectionError(endpoint: Endpoint, error: unknown): ConnectionError {
  if (errorCode(error) === undefined) throw error;
  if (errorCode(error) === 'ENOTFOUND') {
    const { server } = error as { readonly server?: string };
    const on = server === undefined ? '' : ` on ${server}:53`;
    const host = 'host' in endpoint.address ? endpoint.address.host : '';
    return new ConnectionError(`failed to connect to the docker API at ${endpoint.url}: lookup ${host}${on}: no such host`);
  }
  const cause = `dial ${endpoint.shown}: connect: ${systemError(error)}`;
  if (errorCode(error) === 'ECONNREFUSED')
    return new ConnectionError(`Cannot connect to the Docker daemon at ${endpoint.url}. Is the docker daemon running?`);
  if ('unix' in endpoint.address && errorCode(error) === 'EACCES') {
    return new ConnectionError(`permission denied while trying to connect to the docker API at ${endpoint.url}`);
  }
  const hint = 'unix' in endpoint.address ? '; check if the path is correct and if the daemon is running' : '';
  return new ConnectionError(`failed to connect to the docker API at ${endpoint.url}${hint}: ${cause}`);
}
