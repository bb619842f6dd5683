/** The registries that run on the host of the recordings: one for everybody on port 5000, one with an account on port 5001. */
import { makeExecutable } from '../../kernel/elf.ts';
import type { Fd, NamespaceRef, Sys } from '../../kernel/sys.ts';
import { PATH } from './settings.ts';

interface HostRegistry {
  readonly port: number;
  readonly more: string;
}

const PROGRAM = '/usr/bin/docker-registry';
const FOLDER = '/run/registry';
const HTPASSWD = `${FOLDER}/htpasswd`;
/** alice, s3cret. */
const ACCOUNT = 'alice:$2y$05$abcdefghijklmnopqrstuuLK7U1u6pVRmL7L1BBM2aS35PSZnDXlK\n';
const PLAIN: HostRegistry = { port: 5000, more: '' };
const PRIVATE: HostRegistry = { port: 5001, more: `auth:\n  htpasswd:\n    realm: Registry\n    path: ${HTPASSWD}\n` };

const configuration = ({ port, more }: HostRegistry): string =>
  `version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: ${FOLDER}/${port}\n  delete:\n    enabled: true\nhttp:\n  addr: 127.0.0.1:${port}\n${more}`;

/** Which of them a recording needs: the private one stands beside the plain one. */
function needed(needs: readonly string[]): readonly HostRegistry[] {
  if (needs.includes('private-registry')) return [PLAIN, PRIVATE];
  return needs.includes('registry') ? [PLAIN] : [];
}

export interface RegistryHost {
  readonly hostPids: NamespaceRef;
  /** Standard input, output and error of a service. */
  readonly fds: () => Promise<ReadonlyMap<Fd, Fd>>;
}

export async function startRegistries(sys: Sys, needs: readonly string[], { hostPids, fds }: RegistryHost): Promise<void> {
  const registries = needed(needs);
  const encoder = new TextEncoder();
  sys.path.writeFile(PROGRAM, makeExecutable('registry2'), 0o755);
  sys.path.mkdir(FOLDER, 0o755);
  sys.path.writeFile(HTPASSWD, encoder.encode(ACCOUNT));
  for (const registry of registries) {
    const file = `${FOLDER}/${registry.port}.yml`;
    sys.path.writeFile(file, encoder.encode(configuration(registry)));
    const argv = ['docker-registry', 'serve', file];
    const inherited = await fds();
    sys.fork((child) => child.exec(PROGRAM, argv, new Map([['PATH', PATH]])), {
      join: [hostPids],
      argv,
      fds: inherited,
      pgid: 0,
    });
    for (const fd of inherited.keys()) sys.fds.close(fd);
  }
}
