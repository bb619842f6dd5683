/** A container that runs joins a network, leaves one, or has its ports moved. */
import type { Daemon } from '../../daemon.ts';
import { serveNames } from '../../networks/names.ts';
import { unpublish } from '../../networks/ports.ts';
import { type Endpoint, leave, routeOut } from '../../networks/sandbox.ts';
import type { Container } from '../container.ts';
import { gatewayOf, placesOf, plugIn, publishPorts, tell } from '../networking.ts';
import { updateEtcFiles } from './update-etc-files.ts';

/** Ports follow the way out when it moves. */
async function movePorts(daemon: Daemon, container: Container, before: Endpoint | undefined): Promise<void> {
  const { sandbox } = container.live;
  if (!sandbox || gatewayOf(container) === before) return;
  unpublish(daemon.sys, daemon.ports, sandbox);
  await publishPorts(daemon, container);
}

/** `docker network connect` while it runs. */
export async function connectNow(daemon: Daemon, container: Container, endpoint: Endpoint): Promise<void> {
  const before = gatewayOf(container);
  await daemon.swarm.node?.network.attach(container);
  plugIn(daemon, container, endpoint);
  daemon.swarm.node?.network.leadOut(container, endpoint);
  await movePorts(daemon, container, before);
  if (container.live.sandbox) routeOut(daemon.sys, container.live.sandbox, placesOf(container));
  serveNames(daemon, container);
  updateEtcFiles(daemon, container);
}

export async function disconnectNow(daemon: Daemon, container: Container, endpoint: Endpoint): Promise<void> {
  const network = daemon.networks.all().find(({ id }) => id === endpoint.networkId);
  const gone = endpoint.active?.ip ?? '';
  const before = gatewayOf(container);
  leave(daemon.sys, daemon.networks, { network, endpoint, sandbox: container.live.sandbox });
  if (gone !== '') updateEtcFiles(daemon, container, { gone });
  if (network) tell(daemon, container, { network, action: 'disconnect' });
  if (container.live.sandbox)
    routeOut(
      daemon.sys,
      container.live.sandbox,
      placesOf(container).filter((one) => one !== endpoint),
    );
  await movePorts(daemon, container, before);
}
