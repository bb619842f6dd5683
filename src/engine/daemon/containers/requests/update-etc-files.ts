/** The hosts file of a container that runs, after its networks have changed. */
import type { Daemon } from '../../daemon.ts';
import { readTextIfThere, writeText } from '../../files.ts';
import type { Container } from '../container.ts';
import { etcPaths, ownHosts, resolvConf, usesEmbedded } from '../etc-files.ts';

/**
 * Brings them up to date for a container that runs and has joined or left a network. What somebody has edited stays: of hosts only
 * lines are added and removed, and resolv.conf is left alone once it was changed. Upstream: libnetwork's updateHostsFile, rebuildDNS.
 */
export function updateEtcFiles(daemon: Daemon, container: Container, { gone }: { readonly gone?: string } = {}): void {
  const { sys } = daemon;
  const paths = etcPaths(daemon, container.id);
  const lines = (readTextIfThere(sys, paths.hosts) ?? '').split('\n').slice(0, -1);
  const kept = lines.filter((line) => gone === undefined || line.split('\t')[0] !== gone);
  const added = ownHosts(container).filter((line) => !kept.includes(line));
  if (added.length > 0 || kept.length < lines.length) writeText(sys, paths.hosts, `${[...kept, ...added].join('\n')}\n`);
  const isLegacy = readTextIfThere(sys, paths.resolvConf) === resolvConf(daemon, container, { isInternal: false });
  if (isLegacy && usesEmbedded(container)) writeText(sys, paths.resolvConf, resolvConf(daemon, container));
}
