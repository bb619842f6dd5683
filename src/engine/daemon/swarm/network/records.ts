/** What nodes tell each other of who is in their networks. Upstream: libnetwork agent.go (the tables endpoint_table and overlay_peer_table). */
import type { Container } from '../../containers/container.ts';
import { shortId } from '../../ids.ts';
import type { Endpoint } from '../../networks/sandbox.ts';
import type { Port } from './load-balancer.ts';

export interface ServiceRecord {
  readonly id: string;
  readonly name: string;
  /** Empty: the name stands for the tasks. */
  readonly vip: string;
  readonly aliases: readonly string[];
  readonly ports: readonly Port[];
}

/** Somebody in an overlay network on another node. */
export interface PeerRecord {
  /** The endpoint's. */
  readonly id: string;
  readonly network: string;
  readonly ip: string;
  readonly mac: string;
  /** What it is called there; a load balancer is not called. */
  readonly names: readonly string[];
  /** Of a task that takes connections. */
  readonly service?: ServiceRecord;
}

/** Of a place of a load balancer, or of a container that answers to its names. */
export function recordOf(endpoint: Endpoint, container?: Container): PeerRecord | undefined {
  const { active, networkId } = endpoint;
  if (!active || active.ip === '') return undefined;
  const { id, ip, mac } = active;
  const service = container?.service?.isActive ? container.service : undefined;
  const here = service?.networks[networkId];
  return {
    id,
    network: networkId,
    ip,
    mac,
    names: container ? namesOf(container, endpoint) : [],
    ...(service && here && { service: { id: service.id, name: service.name, vip: here.vip, aliases: here.aliases, ports: service.ports } }),
  };
}

function namesOf({ id, name, config }: Container, { wanted }: Endpoint): readonly string[] {
  return [name, config.Hostname, shortId(id), ...(wanted.Aliases ?? [])].filter((one) => one !== '').map((one) => one.toLowerCase());
}
