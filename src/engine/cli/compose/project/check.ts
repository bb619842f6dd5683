/** Whether what a project names is there. Upstream: compose-go loader/validate.go and graph. */
import { invalidProject, ProjectError } from './errors.ts';
import type { Project, Service } from './types.ts';

/** Throws ProjectError for what cannot be run. */
export function checkProject(project: Project): void {
  for (const service of Object.values(project.services)) checkService(project, service);
  checkSecrets(project);
  checkCycles(project.services);
}

function checkService(project: Project, service: Service): void {
  const name = JSON.stringify(service.name);
  if (service.image === undefined && service.build === undefined && service.provider === undefined)
    throw invalidProject(`service ${name} has neither an image nor a build context specified`);
  checkBuild(project, service);
  if (service.network_mode !== undefined && Object.keys(service.networks ?? {}).length > 0)
    throw invalidProject(`service ${service.name} declares mutually exclusive \`network_mode\` and \`networks\``);
  for (const network of Object.keys(service.networks ?? {}).sort())
    if (project.networks[network] === undefined) throw invalidProject(`service ${name} refers to undefined network ${network}`);
  const [how] = service.healthcheck?.test ?? ['NONE'];
  if (how !== 'CMD' && how !== 'CMD-SHELL' && how !== 'NONE' && service.healthcheck?.test?.length !== 0)
    throw new ProjectError('healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"');
  for (const [dependency, { required }] of Object.entries(service.depends_on ?? {}))
    if (project.services[dependency] === undefined && required)
      throw invalidProject(`service ${name} depends on undefined service ${JSON.stringify(dependency)}`);
  for (const { type, source = '' } of service.volumes ?? [])
    if (type === 'volume' && source !== '' && project.volumes[source] === undefined)
      throw invalidProject(`service ${name} refers to undefined volume ${source}`);
  for (const { type, source = '' } of service.volumes ?? [])
    if (type === 'bind' && source === '') throw new ProjectError('invalid mount config for type "bind": field Source must not be empty');
  for (const { source } of service.configs ?? [])
    if (project.configs[source] === undefined) throw invalidProject(`service ${name} refers to undefined config ${source}`);
  for (const { source } of service.secrets ?? [])
    if (project.secrets[source] === undefined) throw invalidProject(`service ${name} refers to undefined secret ${source}`);
  checkNumbers(service);
  for (const { target, action } of service.develop?.watch ?? [])
    if (!target && action !== 'rebuild' && action !== 'restart')
      throw invalidProject(`services.${service.name}.develop.watch: target is required for non-rebuild actions`);
  checkMounts(service);
}

function checkBuild({ services, disabled, secrets }: Project, { name, build, platform }: Service): void {
  if (build?.dockerfile !== undefined && build.dockerfile_inline !== undefined)
    throw invalidProject(`service ${JSON.stringify(name)} declares mutualy exclusive dockerfile and dockerfile_inline`);
  for (const [as, context] of Object.entries(build?.additional_contexts ?? {})) {
    const [, target] = /^service:(.*)$/s.exec(context) ?? [];
    const kind =
      target === undefined || (services[target] ?? disabled[target])?.build ? '' : services[target] ? 'non-buildable' : 'unknown';
    if (kind !== '')
      throw new ProjectError(
        `service ${JSON.stringify(name)} declares ${kind} service ${JSON.stringify(target)} as additional contexts ${as}`,
      );
  }
  if (platform !== undefined && build?.platforms !== undefined && !build.platforms.includes(platform))
    throw invalidProject(`service.build.platforms MUST include service.platform ${JSON.stringify(platform)}`);
  for (const { source } of build?.secrets ?? [])
    if (secrets[source] === undefined) throw invalidProject(`service ${JSON.stringify(name)} refers to undefined build secret ${source}`);
}

function checkNumbers(service: Service): void {
  const { name, scale, deploy, container_name: containerName } = service;
  if (scale !== undefined && deploy?.replicas !== undefined && scale !== deploy.replicas) throw distinct(name, 'scale', 'deploy.replicas');
  const count = scale ?? deploy?.replicas ?? 1;
  const counted = scale === undefined ? 'deploy.replicas' : 'scale';
  if (count < 0) throw new ProjectError(`services.${name}.${counted}: must be greater than or equal to 0`);
  const { limits, reservations } = deploy?.resources ?? {};
  if (service.cpus && limits && limits.cpus !== service.cpus) throw distinct(name, 'cpus', 'deploy.resources.limits.cpus');
  if (service.mem_limit && limits && limits.memory !== service.mem_limit)
    throw distinct(name, 'mem_limit', 'deploy.resources.limits.memory');
  if (service.mem_reservation && reservations && reservations.memory !== service.mem_reservation)
    throw distinct(name, 'mem_reservation', 'deploy.resources.reservations.memory');
  if (service.pids_limit && limits && limits.pids !== service.pids_limit)
    throw distinct(name, 'pids_limit', 'deploy.resources.limits.pids');
  // The original has the two words in this order.
  if (containerName !== undefined && count > 1)
    throw invalidProject(`services.${counted}: can't set container_name and ${name} as container name must be unique`);
}

const distinct = (service: string, own: string, deployed: string): ProjectError =>
  invalidProject(`services.${service}: can't set distinct values on '${own}' and '${deployed}'`);

/** One thing at each place. */
function checkMounts({ name, tmpfs = [], volumes = [] }: Service): void {
  const taken = new Map<string, string>();
  const places = [
    ...tmpfs.map((text, i) => ({ path: text.split(':')[0] ?? '', at: `services.${name}.tmpfs[${i}]` })),
    ...volumes.map(({ target }, i) => ({ path: target, at: `services.${name}.volumes[${i}]` })),
  ];
  for (const { path, at } of places) {
    const before = taken.get(path);
    if (before !== undefined) throw new ProjectError(`${at}: target ${path} already mounted as ${before}`);
    taken.set(path, at);
  }
}

function checkSecrets({ secrets }: Project): void {
  for (const [name, { external, file, environment }] of Object.entries(secrets))
    if (external !== true && !file && !environment)
      throw invalidProject(`secret ${JSON.stringify(name)} must declare either \`file\` or \`environment\``);
}

function checkCycles(services: Readonly<Record<string, Service>>): void {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const at = path.indexOf(name);
    if (at >= 0) throw new ProjectError(`dependency cycle detected: ${[...path.slice(at), name].join(' -> ')}`);
    if (done.has(name)) return;
    for (const next of Object.keys(services[name]?.depends_on ?? {}).sort()) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of Object.keys(services).sort()) visit(name, []);
}
