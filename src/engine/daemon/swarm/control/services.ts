/** Services. Upstream: moby daemon/cluster/services.go, swarmkit manager/controlapi/service.go. */

import type { ServiceSpec, ServiceStatus } from '../../../api-types/index.ts';
import { isAfter } from '../../../api-types/task-states.ts';
import type { Daemon } from '../../daemon.ts';
import { DockerError } from '../../errors.ts';
import { checkFilters, type Filters, matchesExactly } from '../../filters.ts';
import { randomName } from '../../ids.ts';
import { nameConflict, outOfSequence, rpcError } from '../errors.ts';
import type { ServiceObject } from '../objects.ts';
import { isJob } from '../orchestrator/task.ts';
import type { ClusterStore } from '../store.ts';
import { beginsWith, find, hasLabels } from './lookup.ts';
import { normalized } from './spec.ts';
import { checkPortConflicts, checkReferences, checkService, checkWords } from './validate.ts';

/** Networks by their ids: those that are the swarm's. Throws DockerError. */
function withNetworkIds(daemon: Daemon, store: ClusterStore, spec: ServiceSpec): ServiceSpec {
  const { Networks } = spec.TaskTemplate;
  if (!Networks) return spec;
  const resolved = Networks.map((one) => {
    const name = one.Target ?? '';
    const local = daemon.networks.all().find((network) => network.name === name || network.id === name);
    if (local && local.scope !== 'swarm' && !store.all('network').some(({ spec: { Name } }) => Name === name))
      throw new DockerError(
        'forbidden',
        `The network ${local.name} cannot be used with services. Only networks scoped to the swarm can be used, such as those created with the overlay driver.`,
      );
    return { ...one, Target: find(store, 'network', name).id };
  });
  return { ...spec, TaskTemplate: { ...spec.TaskTemplate, Networks: resolved } };
}

/** A service without a name gets one, as containers do. Throws DockerError. */
export function createService(daemon: Daemon, store: ClusterStore, asked: ServiceSpec): ServiceObject {
  const named = asked.Name ? asked : { ...asked, Name: randomName(daemon.sys, 0) };
  checkWords(named);
  const spec = normalized(withNetworkIds(daemon, store, named));
  checkService(spec);
  checkReferences(store, spec);
  checkPortConflicts(store, spec);
  checkIngress(store, spec);
  if (store.all('service').some(({ spec: { Name } }) => Name === spec.Name)) throw nameConflict(spec.Name);
  return store.write((tx) =>
    tx.create('service', {
      spec,
      specVersion: 0,
      previousSpec: null,
      previousSpecVersion: 0,
      endpoint: null,
      updateStatus: null,
      job: isJob(spec) ? { iteration: 0, lastExecutionNs: String(daemon.sys.clock.nowNs()) } : null,
    }),
  );
}

function checkIngress(store: ClusterStore, { EndpointSpec }: ServiceSpec): void {
  const needs = (EndpointSpec?.Ports ?? []).some(({ PublishMode }) => PublishMode !== 'host');
  if (needs && !store.all('network').some(({ spec }) => spec.Ingress))
    throw rpcError('FailedPrecondition', 'service needs ingress network, but no ingress network is present');
}

export interface ServiceUpdate {
  readonly version: number;
  readonly spec: ServiceSpec;
  readonly rollback: boolean;
}

/** Throws DockerError. */
export function updateService(daemon: Daemon, store: ClusterStore, name: string, { version, spec: asked, rollback }: ServiceUpdate): void {
  checkWords(asked);
  const spec = normalized(withNetworkIds(daemon, store, asked));
  const service = find(store, 'service', name);
  checkService(spec);
  if (JSON.stringify(spec.EndpointSpec) !== JSON.stringify(service.spec.EndpointSpec)) checkPortConflicts(store, spec, service.id);
  checkReferences(store, spec);
  const modeOf = ({ Mode }: ServiceSpec): string => Object.keys(Mode).join();
  if (modeOf(service.spec) !== modeOf(spec)) throw rpcError('Unimplemented', 'service mode change is not allowed');
  if (service.spec.Name !== spec.Name) throw rpcError('Unimplemented', 'renaming services is not supported');
  if (rollback && service.previousSpec === null)
    throw rpcError('FailedPrecondition', `service ${service.id} does not have a previous spec`);
  checkIngress(store, spec);
  if (version !== service.version) throw outOfSequence();
  const nowNs = String(daemon.sys.clock.nowNs());
  const job = service.job && { iteration: service.job.iteration + 1, lastExecutionNs: nowNs };
  const change =
    rollback && service.previousSpec
      ? { spec: service.previousSpec, specVersion: service.previousSpecVersion }
      : { spec, specVersion: version };
  store.write((tx) =>
    tx.update('service', service.id, {
      ...change,
      previousSpec: service.spec,
      previousSpecVersion: service.specVersion,
      job,
      updateStatus: rollback ? { state: 'rollback_started', startedNs: nowNs, message: 'manually requested rollback' } : null,
    }),
  );
}

/** Its tasks go with it. Throws DockerError. */
export function removeService(store: ClusterStore, name: string): void {
  const { id } = find(store, 'service', name);
  store.write((tx) => tx.remove('service', id));
}

const modeName = ({ Mode }: ServiceSpec): string =>
  Mode.Global ? 'global' : Mode.ReplicatedJob ? 'replicated-job' : Mode.GlobalJob ? 'global-job' : 'replicated';

/** GET /services. Throws DockerError. */
export function listServices(store: ClusterStore, filters: Filters): readonly ServiceObject[] {
  checkFilters(filters, ['name', 'id', 'label', 'mode', 'runtime']);
  return store
    .all('service')
    .filter(
      ({ id, spec }) =>
        beginsWith(filters, 'id', id) &&
        beginsWith(filters, 'name', spec.Name) &&
        hasLabels(filters, 'label', spec.Labels) &&
        matchesExactly(filters, 'mode', modeName(spec)) &&
        matchesExactly(filters, 'runtime', spec.TaskTemplate.Runtime ?? 'container'),
    );
}

/** How many tasks it has, and should have. */
export function statusOf(store: ClusterStore, { id, spec, job }: ServiceObject): ServiceStatus {
  const tasks = store.tasksOf(id).filter(({ jobIteration }) => job === null || jobIteration === job.iteration);
  const isCompleted = ({ status }: (typeof tasks)[number]): boolean => status.state === 'complete';
  const { Replicated, ReplicatedJob, GlobalJob } = spec.Mode;
  const onEach = tasks.filter((task) =>
    GlobalJob
      ? task.desiredState === 'complete' && !isCompleted(task)
      : task.desiredState === 'running' && !isAfter(task.desiredState, 'running'),
  ).length;
  return {
    RunningTasks: tasks.filter(({ status }) => status.state === 'running').length,
    DesiredTasks: Replicated?.Replicas ?? ReplicatedJob?.MaxConcurrent ?? onEach,
    CompletedTasks: job === null ? 0 : tasks.filter(isCompleted).length,
  };
}
