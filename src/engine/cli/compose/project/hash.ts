/** The hashes that tell whether something has to be made anew: SHA-256 of the record's JSON as Go writes it. */

import { sha256Hex } from '../../config/sha256.ts';
import { escapeForHtml } from '../../template/index.ts';
import { encodeText } from '../../text.ts';
import { inOrder, NETWORK, SERVICE, VOLUME } from './order.ts';
import type { NetworkConfig, Service, VolumeConfig } from './types.ts';
import type { Mapping, Value } from './value.ts';

const hash = (value: Value): string => sha256Hex(encodeText(escapeForHtml(JSON.stringify(value))));

export function serviceHash(service: Service): string {
  const { name: _, build: _b, pull_policy: _p, scale: _s, depends_on: _d, profiles: _f, ...rest } = service;
  const { replicas: _r, ...deploy } = service.deploy ?? {};
  const record = { command: null, entrypoint: null, ...rest, ...(service.deploy === undefined ? {} : { deploy }) };
  return hash(inOrder(record as unknown as Mapping, SERVICE));
}

export const networkHash = (network: NetworkConfig): string => hash(inOrder({ ipam: {}, ...network } as unknown as Mapping, NETWORK));
export const volumeHash = (volume: VolumeConfig): string => hash(inOrder({ driver: 'local', ...volume } as unknown as Mapping, VOLUME));
