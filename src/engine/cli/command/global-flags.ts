import { bool, list, string } from '../flags/index.ts';
import type { Io } from '../io.ts';

/** The flags before the command. */
export function GLOBAL_FLAGS(io: Pick<Io, 'env'>) {
  const home = io.env.get('DOCKER_CONFIG') || `${io.env.get('HOME') ?? ''}/.docker`;
  const quoted = (path: string) => JSON.stringify(path);
  return {
    config: string('Location of client config files', { shownDefault: quoted(home) }),
    context: string(
      'Name of the context to use to connect to the daemon (overrides DOCKER_HOST env var and default context set with "docker context use")',
      { short: 'c' },
    ),
    debug: bool('Enable debug mode', { short: 'D' }),
    host: list('Daemon socket to connect to', { short: 'H', type: 'string' }),
    'log-level': string('Set the logging level ("debug", "info", "warn", "error", "fatal")', { short: 'l', initial: 'info' }),
    tls: bool('Use TLS; implied by --tlsverify'),
    tlscacert: string('Trust certs signed only by this CA', { shownDefault: quoted(`${home}/ca.pem`) }),
    tlscert: string('Path to TLS certificate file', { shownDefault: quoted(`${home}/cert.pem`) }),
    tlskey: string('Path to TLS key file', { shownDefault: quoted(`${home}/key.pem`) }),
    tlsverify: bool('Use TLS and verify the remote'),
    version: bool('Print version information and quit', { short: 'v' }),
  };
}
