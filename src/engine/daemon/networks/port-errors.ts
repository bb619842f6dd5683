/** What stands in the way of a published port. */
import type { Errno } from '../../kernel/errno.ts';
import { DockerError, system } from '../errors.ts';

export const allTaken = (): DockerError => system('all ports are allocated');

export const portRefused = (
  error: Errno,
  { hostIp, hostPort, protocol }: { hostIp: string; hostPort: number; protocol: string },
): DockerError =>
  system(
    `failed to bind host port ${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:${hostPort}/${protocol}: ${error.code === 'EADDRINUSE' ? 'address already in use' : 'cannot assign requested address'}`,
  );

export const connectivityFailed = (error: DockerError, endpoint: { readonly name: string; readonly id: string }): DockerError =>
  new DockerError(
    error.kind,
    `driver failed programming external connectivity on endpoint ${endpoint.name} (${endpoint.id}): ${error.message}`,
    { cause: error },
  );
