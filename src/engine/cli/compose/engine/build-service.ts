/** Builds services' images as Compose has Buildx do it, with the display on standard output. */

import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Timestamp } from '../../../api-types/build-trace.ts';
import { encodeBase64 } from '../../../http/base64.ts';
import { loadContext } from '../../build/context/source.ts';
import { type BuildNews, Printer } from '../../build/progress/printer.ts';
import { showSource } from '../../build/progress/source.ts';
import { receiveOutputs } from '../../build/receive.ts';
import { readRecordProvenance } from '../../build/record-provenance.ts';
import { type Solved, SolveError, solve } from '../../build/solve.ts';
import { BUILD_FLAGS, parseBuild } from '../../command/builder/build-flags.ts';
import { CliError } from '../../errors.ts';
import { fetchFor, parseFlags } from '../../flags/index.ts';
import { loadCode } from '../../io.ts';
import { encodeText } from '../../text.ts';
import type { ComposeContext } from '../command.ts';
import type { Project, Service } from '../project/types.ts';
import { type BuildChoice, bakeDefinition, bakeTarget } from './bake.ts';
import { imageOf } from './services.ts';
import { together } from './tasks.ts';

/** Builds the images of these services side by side. Throws CliError for one that fails. */
export async function buildServices(
  context: ComposeContext,
  project: Project,
  services: readonly Service[],
  choice: BuildChoice,
): Promise<void> {
  const { io, progress } = context;
  const image = (service: Service) => `Image ${imageOf(project, service)}`;
  for (const service of services) await progress.on({ id: image(service), text: 'Building', status: 'working' });
  if (context.isDryRun) return wouldBuild(context, project, services);
  const mode = choice.quiet ? 'quiet' : (choice.display ?? context.buildProgress);
  const printer = new Printer(io, io.stdout, { mode, silentWarnings: true });
  let failure: unknown;
  try {
    await tellBake(context, printer, encodeText(bakeDefinition(project, services, choice)).length);
    await together(io, services, async (service) => {
      const news = services.length > 1 ? printer.of(service.name) : printer;
      const solved = await buildOne(context, { project, service, news }, choice);
      await readRecordProvenance(context, news, { solved, target: service.name });
    });
  } catch (error) {
    failure = error;
  } finally {
    await printer.end();
  }
  if (failure !== undefined) throw asBakeError(failure);
  for (const service of services) await progress.on({ id: image(service), text: 'Built', status: 'done' });
}

/** `--dry-run`: what would be built, under a name made of the service's. */
async function wouldBuild({ progress }: ComposeContext, project: Project, services: readonly Service[]): Promise<void> {
  for (const service of services) {
    const id = `dryRun-${bytesToHex(sha1(encodeText(service.name)))}`;
    await progress.on({ id: `${service.name} ==>`, text: `==> writing image ${id}`, status: 'done' });
    await progress.on({
      id: `${service.name} ==> ==>`,
      text: `naming to ${service.build?.tags?.[0] ?? imageOf(project, service)}`,
      status: 'done',
    });
  }
  for (const { name } of services) await progress.on({ id: `Image ${name}`, text: 'Built', status: 'done' });
}

/** Compose prints what Buildx said, one line at a time, each with the line's end that it already has. */
function asBakeError(failure: unknown): unknown {
  if (!(failure instanceof CliError)) return failure;
  const sources = failure instanceof SolveError ? (failure.result?.Error?.Sources ?? []) : [];
  const shown = sources.map(({ Filename, Text, Ranges }) =>
    showSource({ filename: Filename, text: Text, ranges: Ranges.map(({ Start, End }) => ({ start: Start, end: End })) }),
  );
  const lines = `${shown.join('')}${failure.message}\n`.split(/(?<=\n)/);
  return new CliError(lines.join('\n'), failure.status);
}

const timestamp = ({ io }: ComposeContext): Timestamp => io.clock.nowNs();

async function tellBake(context: ComposeContext, printer: Printer, sizeBytes: number): Promise<void> {
  const at = timestamp(context);
  const vertex = 'sha256:compose-bake-definition';
  await printer.write({
    vertexes: [{ digest: vertex, name: '[internal] load local bake definitions', started: at, completed: at }],
    statuses: [{ id: 'reading from stdin', vertex, current: sizeBytes, timestamp: at, started: at, completed: at }],
  });
}

async function buildOne(
  context: ComposeContext,
  { project, service, news }: { project: Project; service: Service; news: BuildNews },
  choice: BuildChoice,
): Promise<Solved> {
  const target = bakeTarget(project, service, choice);
  const options = (flag: string, all: Readonly<Record<string, string>> | undefined) =>
    Object.entries(all ?? {}).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const { build } = service;
  const words = [
    ...options('--build-arg', target.args as Readonly<Record<string, string>> | undefined),
    ...options('--label', target.labels),
    ...options('--build-context', build?.additional_contexts),
    ...target.tags.flatMap((tag) => ['--tag', tag]),
    ...(target.target === undefined ? [] : ['--target', target.target]),
    ...(target.pull === true ? ['--pull'] : []),
    ...(target['no-cache'] === true ? ['--no-cache'] : []),
    ...(target.network === undefined ? [] : ['--network', target.network]),
    ...(build?.platforms ?? []).flatMap((platform) => ['--platform', platform]),
    ...(build?.extra_hosts ?? []).flatMap((host) => ['--add-host', host.replace('=', ':')]),
    ...(build?.secrets ?? []).flatMap((secret) => ['--secret', secretText(project, secret)]),
    ...(target.output[0] === 'type=registry' ? ['--push'] : []),
    ...(target.dockerfile === undefined ? [] : ['--file', target.dockerfile]),
  ];
  await fetchFor(BUILD_FLAGS, words, (code) => loadCode(context.io, code));
  const { values } = parseFlags(BUILD_FLAGS, words);
  const parsed = parseBuild(context.io, values, target.context).finish();
  const inline = build?.dockerfile_inline;
  const source = await loadContext(context.io, { path: target.context, dockerfile: inline === undefined ? (target.dockerfile ?? '') : '' });
  const file = { Name: 'Dockerfile', Data: encodeBase64(encodeText(inline ?? '')) };
  const solved = await solve(
    context,
    parsed,
    inline === undefined ? source : { ...source, dockerfileName: 'Dockerfile', dockerfile: file },
    news,
  );
  await receiveOutputs(context, { session: solved.session ?? '', outputs: parsed.outputs, made: solved.result?.HasOutput ?? [] });
  return solved;
}

function secretText(project: Project, { source, target = source }: { readonly source: string; readonly target?: string }): string {
  const { file, environment } = project.secrets[source] ?? {};
  const id = target.replace(/^\/run\/secrets\//, '');
  return environment === undefined ? `id=${id},src=${file ?? ''}` : `id=${id},env=${environment}`;
}
