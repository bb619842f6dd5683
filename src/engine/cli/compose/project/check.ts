/** Whether what a project names is there. Upstream: compose-go loader/validate.go and graph. */
import { invalidProject, ProjectError } from './errors.ts';
import type { Project, Service } from './types.ts';

/** Throws ProjectError for what cannot be run. */
export function checkProject(project: Project): void {
  for (const service of Object.values(project.services)) checkService(project, service);
  checkCycles(project.services);
}

function checkService(project: Project, service: Service): void {
  const name = JSON.stringify(service.name);
  if (service.image === undefined && service.build === undefined && service.provider === undefined)
    throw invalidProject(`service ${name} has neither an image nor a build context specified`);
  if (service.build?.dockerfile !== undefined && service.build.dockerfile_inline !== undefined)
    throw invalidProject(`service ${name} declares mutualy exclusive dockerfile and dockerfile_inline`);
  if (service.network_mode !== undefined && Object.keys(service.networks ?? {}).length > 0)
    throw invalidProject(`service ${service.name} declares mutually exclusive \`network_mode\` and \`networks\``);
  for (const network of Object.keys(service.networks ?? {}).sort())
    if (project.networks[network] === undefined) throw invalidProject(`service ${name} refers to undefined network ${network}`);
  for (const [dependency, { required }] of Object.entries(service.depends_on ?? {}))
    if (project.services[dependency] === undefined && required) {
      const known = project.disabled[dependency] !== undefined;
      throw invalidProject(
        known
          ? `service ${JSON.stringify(dependency)} is required by ${name} but is disabled. Can be enabled by profiles ${JSON.stringify(project.disabled[dependency]?.profiles ?? []).replaceAll(',', ' ')}`
          : `service ${name} depends on undefined service ${JSON.stringify(dependency)}`,
      );
    }
  for (const { type, source = '' } of service.volumes ?? [])
    if (type === 'volume' && source !== '' && project.volumes[source] === undefined)
      throw invalidProject(`service ${name} refers to undefined volume ${source}`);
  for (const { source } of service.configs ?? [])
    if (project.configs[source] === undefined) throw invalidProject(`service ${name} refers to undefined config ${source}`);
  for (const { source } of service.secrets ?? [])
    if (project.secrets[source] === undefined) throw invalidProject(`service ${name} refers to undefined secret ${source}`);
  checkNumbers(service);
}

function checkNumbers(service: Service): void {
  const { scale, deploy, container_name: containerName } = service;
  if (scale !== undefined && deploy?.replicas !== undefined && scale !== deploy.replicas)
    throw invalidProject(`services.${service.name}: can't set distinct values on 'scale' and 'deploy.replicas'`);
  const count = scale ?? deploy?.replicas ?? 1;
  if (containerName !== undefined && count > 1) {
    const what = scale === undefined ? 'deploy.replicas' : 'scale';
    throw invalidProject(`services.${what}: can't set container_name and ${what} as container name must be unique`);
  }
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
