import { projectText } from '../../compose/project/show.ts';
import type { Grant, Project, Service } from '../../compose/project/types.ts';
import { mappingOf, mapValues, type Value } from '../../compose/project/value.ts';
import type { Context } from '../command.ts';
import { loadStack, PROJECT } from './load-stack.ts';

interface Flags {
  readonly 'compose-file': readonly string[];
  readonly 'skip-interpolation': boolean;
}

/** `docker stack config`: the files merged, in the long form. Throws CliError. */
export async function showStackConfig(context: Context, flags: Flags): Promise<void> {
  const { project, version } = await loadStack(context, { files: flags['compose-file'], interpolate: !flags['skip-interpolation'] });
  const text = projectText(inThirdVersion(project, context.io.cwd), 'yaml', '"');
  await context.out.text(text.replace(/^name: .*\n/, `version: ${JSON.stringify(version)}\n`));
}

/** The third version of the format says some things in another way than Compose. */
function inThirdVersion(project: Project, cwd: string): Project {
  const nameless = <T>(all: T): T =>
    mapValues(all as never, (one, key) =>
      mapValues(mappingOf(one), (value, field) => (field === 'name' && value === `${PROJECT}_${key}` ? undefined : value)),
    ) as T;
  return {
    ...project,
    services: Object.fromEntries(Object.entries(project.services).map(([name, service]) => [name, serviceOf(service, cwd)])),
    networks: nameless(project.networks),
    volumes: nameless(project.volumes),
    secrets: nameless(project.secrets),
    configs: nameless(project.configs),
  };
}

function serviceOf(service: Service, cwd: string): Service {
  const { ports, secrets, build, depends_on: needed } = service;
  const own = {
    ...service,
    ...(needed && { depends_on: Object.keys(needed) }),
    ...(build && { build: { ...build, context: relative(build.context, cwd) } }),
    ...(ports && {
      ports: ports.map((port) => ({ ...port, ...(/^\d+$/.test(port.published ?? '') && { published: Number(port.published) }) })),
    }),
    ...(secrets && { secrets: secrets.map(withoutUsualTarget) }),
  };
  return own as unknown as Service;
}

const relative = (path: Value | undefined, cwd: string): Value =>
  typeof path !== 'string' ? null : path === cwd ? '.' : path.startsWith(`${cwd}/`) ? `./${path.slice(cwd.length + 1)}` : path;

/** Where secrets stand anyway. */
export function withoutUsualTarget(grant: Grant): Grant {
  const { target, ...rest } = grant;
  return target === `/run/secrets/${grant.source}` ? rest : grant;
}
