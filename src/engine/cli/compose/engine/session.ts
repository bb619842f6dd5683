/** The project that a command is for: from its files, or, by its name alone, from what runs of it. */
import { decodeText } from '../../text.ts';
import type { ComposeContext } from '../command.ts';
import { ProjectError } from '../project/errors.ts';
import { STDIN } from '../project/files.ts';
import { type Loading, loadProject } from '../project/load.ts';
import type { Dependency, Project, Service } from '../project/types.ts';
import { projectContainers, serviceOf } from './containers.ts';
import { LABEL } from './labels.ts';
import { checkServices } from './services.ts';

type ProjectOptions = Partial<Pick<Loading, 'services' | 'interpolate' | 'check' | 'asWritten' | 'paths' | 'envFiles'>>;

/** Loads the project's files; warnings are said first, whatever comes of it. */
export async function readProject(context: ComposeContext, options: ProjectOptions = {}): Promise<Project> {
  return reading(context, options, loadProject);
}

export async function reading<Result>(
  context: ComposeContext,
  options: ProjectOptions,
  load: (loading: Loading) => Result,
): Promise<Result> {
  const { io, asked } = context;
  const warnings: string[] = [];
  const stdin = asked.files.includes(STDIN) ? await readAll(context) : '';
  let outcome: { readonly value: Result } | { readonly error: unknown };
  try {
    outcome = { value: load({ ...options, io, asked, stdin, warn: (message) => void warnings.push(message) }) };
  } catch (error) {
    outcome = { error };
  }
  for (const warning of warnings) await context.warn(warning);
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

async function readAll({ io }: ComposeContext): Promise<string> {
  let text = '';
  for (let piece = await io.stdin.read(); piece !== null; piece = await io.stdin.read()) text += decodeText(piece);
  return text;
}

/** The name of the project: no file is read where it is said. */
export async function projectName(context: ComposeContext): Promise<string> {
  const name = context.asked.projectName || (context.io.env.get('COMPOSE_PROJECT_NAME') ?? '');
  return name === '' ? (await readProject(context)).name : name;
}

/** The project, or what is known of it from its containers if its name alone was given. */
export async function projectOrName(context: ComposeContext, services: readonly string[]): Promise<Project> {
  const { asked, io } = context;
  const fromEnv = io.env.get('COMPOSE_PROJECT_NAME') ?? '';
  if (asked.files.length > 0 || asked.projectName === '')
    try {
      const project = await readProject(context, { services });
      checkServices(project, services);
      return project;
    } catch (error) {
      if (!(error instanceof ProjectError) || fromEnv === '') throw error;
    }
  const known = asked.files.length === 0 && asked.projectName !== '' ? asked.projectName : fromEnv;
  const project = await projectFromContainers(context, known);
  if (services.length > 0) checkServices(project, services);
  return project;
}

/** Upstream: compose pkg/compose/compose.go projectFromName. */
export async function projectFromContainers({ client }: ComposeContext, name: string): Promise<Project> {
  const containers = await projectContainers(client, name, { oneOff: 'include' });
  const services: Record<string, Service> = {};
  for (const container of containers) {
    const service = serviceOf(container);
    services[service] ??= { name: service, image: container.Image, depends_on: dependenciesOf(container.Labels[LABEL.dependsOn] ?? '') };
  }
  const [first] = containers;
  return {
    name,
    workingDir: first?.Labels[LABEL.workingDir] ?? '',
    files: [],
    envFiles: [],
    environment: new Map(),
    services,
    disabled: {},
    networks: {},
    volumes: {},
    secrets: {},
    configs: {},
    extensions: {},
  };
}

function dependenciesOf(label: string): Readonly<Record<string, Dependency>> {
  const parts = label.split(',').filter((part) => part !== '');
  return Object.fromEntries(
    parts.map((part) => {
      const [name = '', condition = 'service_started', restart = 'false'] = part.split(':');
      return [name, { condition: condition as Dependency['condition'], restart: restart === 'true', required: true }];
    }),
  );
}
