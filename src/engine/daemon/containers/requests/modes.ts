/** What of a request does not go together. Fetched with the first that asks for more than every container has. */
import type { ContainerCreateRequest, HostConfig } from '../../../api-types/index.ts';
import { invalid } from '../../errors.ts';
import type { CgroupSupport } from '../../runtime/cgroup.ts';
import { kernelWarnings } from '../../system/support.ts';
import { badIpcMode } from './errors.ts';

/** Throws DockerError. */
export function checkRequest(asked: ContainerCreateRequest, askedHost: Partial<HostConfig>): void {
  checkModes(asked, askedHost);
  for (const port of Object.keys(askedHost.PortBindings ?? {}))
    if (port.startsWith('0/')) throw invalid(`invalid port specification: ${JSON.stringify(port)}`);
  checkSysctls(askedHost);
}

/** Who shares a place with others cannot have another name or other servers there. Upstream: runconfig validateNetMode. */
function checkModes(
  asked: ContainerCreateRequest,
  { NetworkMode = '', UTSMode = '', IpcMode = '', Dns, ExtraHosts, Links, PortBindings, PublishAllPorts }: Partial<HostConfig>,
): void {
  const refuse = (what: string): void => {
    throw invalid(`conflicting options: ${what}`);
  };
  if (UTSMode === 'host' && asked.Hostname) refuse('hostname and the UTS mode');
  if (!/^(|none|private|shareable|host|container:.+)$/.test(IpcMode)) throw badIpcMode(IpcMode);
  const links = (Links ?? []).length > 0;
  if (NetworkMode === 'host' && links) refuse("host type networking can't be used with links. This would result in undefined behavior");
  if (!/^container(:|$)/.test(NetworkMode)) return;
  if (NetworkMode.slice('container:'.length) === '') throw invalid('invalid network mode: invalid container format container:<name|id>');
  if (asked.Hostname) refuse('hostname and the network mode');
  if (links) refuse("container type network can't be used with links. This would result in undefined behavior");
  if ((Dns ?? []).length > 0) refuse('dns and the network mode');
  if ((ExtraHosts ?? []).length > 0) refuse('custom host-to-IP mapping and the network mode');
  if (Object.keys(PortBindings ?? {}).length > 0 || PublishAllPorts) refuse('port publishing and the container type network mode');
  if (Object.keys(asked.ExposedPorts ?? {}).length > 0) refuse('port exposing and the container type network mode');
}

/** Settings of an interface belong to an endpoint. Upstream: moby daemon/server/router/container handleSysctlBC. */
function checkSysctls({ Sysctls, NetworkMode = '' }: Partial<HostConfig>): void {
  if (NetworkMode === 'host' || NetworkMode.startsWith('container:')) return;
  for (const name of Object.keys(Sysctls ?? {}))
    if (/^net\.[^.]+\.[^.]+\.eth[^.]*\./.test(name))
      throw invalid(
        `interface specific sysctl setting ${JSON.stringify(name)} must be supplied using driver option 'com.docker.network.endpoint.sysctls'`,
      );
}

/** What was asked for and is left out, or better were not asked for. */
export const warningsOf = (asked: Partial<HostConfig>, config: HostConfig, { can }: CgroupSupport): readonly string[] => [
  ...kernelWarnings(asked, can),
  ...networkWarnings(config),
];

function networkWarnings({ Links, NetworkMode, PortBindings }: HostConfig): readonly string[] {
  if (NetworkMode === 'host' && Object.keys(PortBindings ?? {}).length > 0)
    return ['Published ports are discarded when using host network mode'];
  if ((Links ?? []).length > 0 && NetworkMode === 'bridge')
    return ['Links on the default bridge network are deprecated and will be removed in a future release. Use a custom network instead.'];
  return [];
}
