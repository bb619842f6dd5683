import { findBuilder, noteActivity } from '../../build/builders.ts';
import { callResult } from '../../build/call-result.ts';
import { emptyDirectory, loadContext } from '../../build/context/source.ts';
import { receiveCaches } from '../../build/local-caches.ts';
import { Printer } from '../../build/progress/printer.ts';
import { showSource } from '../../build/progress/source.ts';
import { receiveOutputs } from '../../build/receive.ts';
import { readRecordProvenance } from '../../build/record-provenance.ts';
import type { BuildOptions } from '../../build/request.ts';
import { imageIdOf, metadata, removeIdFile, writeMetadataFile, writeResultFile } from '../../build/results.ts';
import { type Solved, SolveError, solve } from '../../build/solve.ts';
import { CliError } from '../../errors.ts';
import { joinPath } from '../../path.ts';
import { type Context, command, exactly, type Status } from '../command.ts';
import { BUILD_FLAGS, type BuildFlags, FLAG_WARNINGS, parseBuild } from './build-flags.ts';

export const build = command({
  names: ['build', 'builder build', 'image build', 'buildx b'],
  summary: 'Start a build',
  as: 'buildx build',
  usage: '[OPTIONS] PATH | URL | -',
  args: exactly(1),
  complete: 'directories',
  completeMost: 1,
  values: {
    progress: ['auto', 'none', 'plain', 'quiet', 'rawjson', 'tty'],
    call: ['build', 'check', 'outline', 'targets'],
    network: ['default', 'host', 'none'],
  },
  flags: BUILD_FLAGS,
  run: async (context) => {
    const { io, err, flags, args, changed } = context;
    for (const name of changed) if (FLAG_WARNINGS[name] !== undefined) await err.line(`WARNING: ${FLAG_WARNINGS[name]}`);
    const parsed = parseBuild(io, flags, args[0] ?? '');
    if (flags.iidfile !== '') removeIdFile(io, flags.iidfile);
    const { name, driver } = findBuilder(context, flags.builder);
    const isQuiet = flags.quiet || flags.progress === 'quiet';
    const printer = new Printer(io, io.stderr, {
      mode: displayMode(flags, isQuiet),
      description: { plain: `building with ${JSON.stringify(name)} instance using ${driver} driver`, console: `${driver}:${name}` },
      debug: context.debug || flags.debug,
    });
    noteActivity(context, name);
    const built = await buildOrFail(context, parsed.finish, printer);
    return finish({ ...context, flags }, { ...built, builder: name, isQuiet });
  },
});

function displayMode({ progress }: BuildFlags, isQuiet: boolean): string {
  const mode = progress === 'none' ? 'quiet' : progress;
  if (!isQuiet) return mode;
  if (mode !== 'auto' && mode !== 'quiet') throw new CliError(`progress=${progress} and quiet cannot be used together`);
  return 'quiet';
}

interface Built {
  readonly solved: Solved;
  readonly options: BuildOptions;
  /** Undefined: in a directory of the client's own. */
  readonly dockerfile: string | undefined;
}

/** Builds, and ends the display in any case. Errors say that it was the build, after the lines of the Dockerfile that are to blame. */
async function buildOrFail(context: Context<BuildFlags>, parse: () => BuildOptions, printer: Printer): Promise<Built> {
  const hasMetadata = context.flags['metadata-file'] !== '';
  let failure: unknown;
  let parsed: BuildOptions | undefined;
  try {
    const options = parse();
    parsed = options;
    const source = await loadContext(context.io, { path: options.contextPath, dockerfile: options.dockerfile });
    const solved = await solve(context, options, source, printer);
    await receiveOutputs(context, {
      session: solved.session ?? '',
      outputs: options.outputs,
      made: solved.result?.HasOutput ?? [],
    });
    if (solved.session !== undefined) await receiveCaches(context, solved.session, options.cacheTo);
    if (hasMetadata && options.call === undefined) await readRecordProvenance(context, printer, { solved, target: '' });
    return { solved, options, dockerfile: source.shownDockerfile };
  } catch (error) {
    failure = error;
  } finally {
    await printer.end();
  }
  if (!(failure instanceof CliError)) throw failure;
  if (!(failure instanceof SolveError)) throw new CliError(`failed to build: ${failure.message}`, failure.status);
  // Where a question failed, only its answer would say.
  const isAsked = ['outline', 'targets'].includes(parsed?.call?.name ?? '');
  for (const { Filename, Text, Ranges } of isAsked ? [] : (failure.result?.Error?.Sources ?? []))
    await context.err.text(
      showSource({ filename: Filename, text: Text, ranges: Ranges.map(({ Start, End }) => ({ start: Start, end: End })) }),
    );
  throw new CliError(`failed to build: ${failure.message}`, failure.status);
}

/** What is printed and written once the image is there. */
async function finish(
  { io, out, flags }: Context<BuildFlags>,
  { solved, options, dockerfile, builder, isQuiet }: Built & { readonly builder: string; readonly isQuiet: boolean },
): Promise<Status> {
  if (isQuiet && options.call === undefined) await out.line(imageIdOf(solved));
  if (flags.iidfile !== '') writeResultFile(io, flags.iidfile, { text: imageIdOf(solved), what: 'writing image ID file: ' });
  if (flags['metadata-file'] !== '' && solved.result !== undefined)
    writeMetadataFile(io, flags['metadata-file'], metadata(solved.result, builder, io.env));
  if (options.call === undefined || solved.result === undefined) return;
  const { text, status, failure } = callResult(options.call, solved.result, dockerfile ?? joinPath(emptyDirectory(io), 'Dockerfile'));
  await out.text(text);
  if (failure !== undefined) throw failure;
  return status;
}
