/** The definition that Compose hands to `docker buildx bake`, which builds its images. Upstream: compose pkg/compose/build_bake.go. */
import { joinPath } from '../../path.ts';
import { isRemote } from '../project/resolve.ts';
import type { Project, Service } from '../project/types.ts';
import { COMPOSE_VERSION } from '../version.ts';
import { LABEL } from './labels.ts';
import { imageOf } from './services.ts';

export interface BuildChoice {
  readonly quiet: boolean;
  /** How the builds are shown; none: as the terminal has it. */
  readonly display?: 'plain' | undefined;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  readonly push?: boolean;
  readonly args?: Readonly<Record<string, string>>;
  readonly builder?: string;
}

/** What one service's image is built from. */
export function bakeTarget(project: Project, service: Service, choice: BuildChoice) {
  const { build } = service;
  const context = build?.context ?? '';
  const dockerfile = build?.dockerfile;
  const labels = {
    ...build?.labels,
    [LABEL.version]: COMPOSE_VERSION,
    [LABEL.project]: project.name,
    [LABEL.service]: service.name,
  };
  const own = Object.entries(build?.args ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const args = { ...Object.fromEntries(own), ...choice.args };
  const push = choice.push === true && service.image !== undefined;
  return {
    context,
    ...(dockerfile === undefined
      ? {}
      : { dockerfile: isRemote(context) || dockerfile.startsWith('/') ? dockerfile : joinPath(context, dockerfile) }),
    ...(build?.dockerfile_inline === undefined ? {} : { 'dockerfile-inline': build.dockerfile_inline.replaceAll('${', '$${') }),
    ...(Object.keys(args).length === 0 ? {} : { args: sorted(args) }),
    labels: sorted(labels),
    tags: [...(build?.tags ?? []), imageOf(project, service)],
    ...(build?.target === undefined ? {} : { target: build.target }),
    ...(build?.platforms === undefined ? {} : { platforms: build.platforms }),
    ...(build?.pull === true || choice.pull === true ? { pull: true } : {}),
    ...(build?.no_cache === true || choice.noCache === true ? { 'no-cache': true } : {}),
    ...(build?.network === undefined ? {} : { network: build.network }),
    output: [push ? 'type=registry' : 'type=docker'],
  };
}

const sorted = <Value>(all: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The whole definition, as text: every service that can be built, and which of them are. */
export function bakeDefinition(project: Project, services: readonly Service[], choice: BuildChoice): string {
  const buildable = Object.values(project.services).filter(({ build }) => build !== undefined);
  const target = Object.fromEntries(buildable.map((service) => [service.name.replaceAll('.', '_'), bakeTarget(project, service, choice)]));
  const targets = services.map(({ name }) => name.replaceAll('.', '_'));
  return JSON.stringify({ group: { default: { targets } }, target }, null, 2);
}
