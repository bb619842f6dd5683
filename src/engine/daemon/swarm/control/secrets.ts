/** Secrets and configs: the same record, and the same rules but for what may be read back. Upstream: moby daemon/cluster/{secrets,configs}.go. */

import type { SecretSpec } from '../../../api-types/index.ts';
import { decodeBase64 } from '../../../http/base64.ts';
import { checkFilters, type Filters, matchesExactly } from '../../filters.ts';
import { outOfSequence, rpcError } from '../errors.ts';
import type { SecretObject } from '../objects.ts';
import type { ClusterStore } from '../store.ts';
import { beginsWith, find, hasLabels } from './lookup.ts';
import { checkObjectName } from './validate.ts';

export type FileKind = 'secret' | 'config';
const MAX_BYTES: Readonly<Record<FileKind, number>> = { secret: 500 * 1024, config: 1000 * 1024 };

/** Throws DockerError. */
export function createFile(store: ClusterStore, kind: FileKind, spec: SecretSpec): SecretObject {
  checkObjectName(spec.Name ?? '');
  const size = decodeBase64(spec.Data ?? '')?.length ?? 0;
  if (spec.Driver === undefined && (size < 1 || size >= MAX_BYTES[kind]))
    throw rpcError('InvalidArgument', `${kind} data must be larger than 0 and less than ${MAX_BYTES[kind]} bytes`);
  if (store.all(kind).some(({ spec: { Name } }) => Name === spec.Name))
    throw rpcError('AlreadyExists', `${kind} ${spec.Name} already exists`);
  return store.write((tx) => tx.create(kind, { spec: { ...spec, Labels: spec.Labels ?? {} } }));
}

/** Only its labels may change. Throws DockerError. */
export function updateFile(
  store: ClusterStore,
  kind: FileKind,
  { name, version, spec }: { readonly name: string; readonly version: number; readonly spec: SecretSpec },
): void {
  const object = find(store, kind, name);
  const changesData = spec.Data !== undefined && spec.Data !== '' && spec.Data !== object.spec.Data;
  if ((spec.Name && spec.Name !== object.spec.Name) || changesData) throw rpcError('InvalidArgument', 'only updates to Labels are allowed');
  if (version !== object.version) throw outOfSequence();
  store.write((tx) => tx.update(kind, object.id, { spec: { ...object.spec, Labels: spec.Labels ?? {} } }));
}

/** Throws DockerError while a service uses it. */
export function removeFile(store: ClusterStore, kind: FileKind, name: string): void {
  const { id, spec } = find(store, kind, name);
  const users = store.all('service').filter(({ spec: { TaskTemplate } }) => {
    const { Secrets = [], Configs = [] } = TaskTemplate.ContainerSpec ?? {};
    return kind === 'secret' ? Secrets.some(({ SecretID }) => SecretID === id) : Configs.some(({ ConfigID }) => ConfigID === id);
  });
  if (users.length > 0) {
    const names = users.map((service) => service.spec.Name).join(', ');
    throw rpcError('InvalidArgument', `${kind} '${spec.Name}' is in use by the following service${users.length > 1 ? 's' : ''}: ${names}`);
  }
  store.write((tx) => tx.remove(kind, id));
}

/** Throws DockerError. */
export function listFiles(store: ClusterStore, kind: FileKind, filters: Filters): readonly SecretObject[] {
  checkFilters(filters, kind === 'secret' ? ['names', 'name', 'id', 'label'] : ['name', 'id', 'label']);
  return store
    .all(kind)
    .filter(
      ({ id, spec }) =>
        beginsWith(filters, 'name', spec.Name) &&
        matchesExactly(filters, 'names', spec.Name) &&
        beginsWith(filters, 'id', id) &&
        hasLabels(filters, 'label', spec.Labels),
    );
}
