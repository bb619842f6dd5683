/** Has the engine build: sends context and session, shows the progress that comes back, and reads what came of it. */

import type { BuildSessionResult } from '../../api-types/build-session.ts';
import { decodeStatusResponse, ProtobufError } from '../../api-types/build-trace.ts';
import type { ProgressMessage } from '../../api-types/index.ts';
import { encodeBase64, readBase64 } from '../../http/base64.ts';
import type { ClientResponse } from '../../http/index.ts';
import { build } from '../client/build.ts';
import { eachJsonLine } from '../client/json-lines.ts';
import type { Context } from '../command/command.ts';
import { CliError, isNotFound } from '../errors.ts';
import { absolutePath } from '../path.ts';
import { plainContext } from './context/plain.ts';
import { type Body, type BuildContext, directoryBody } from './context/source.ts';
import { checkCaches, findCaches, sendCaches } from './local-caches.ts';
import { type BuildNews, TICK_MS } from './progress/printer.ts';
import { type BuildOptions, buildQuery, isLocal, registryConfig, sessionRequest } from './request.ts';
import { lendAgents, openAgents } from './ssh-forward.ts';

export interface Solved {
  /** The image's id as the stream told it; '' where no image was made. */
  readonly imageId: string;
  /** What the session knows; an engine that has no sessions tells nothing. */
  readonly result?: BuildSessionResult;
  readonly session?: string;
}

const CANCELED_STATUS = 130;

/** Builds. Throws CliError for a build that fails; its result says where. */
export async function solve(context: Context, asked: BuildOptions, source: BuildContext, printer: BuildNews): Promise<Solved> {
  const { config, io } = context;
  const api = build(context.client.http);
  checkCaches(asked.cacheTo, asked.cacheFrom);
  const options = { ...asked, cacheFrom: findCaches({ io, warn: (line) => printer.note(line) }, asked.cacheFrom) };
  checkContexts(context, asked.contexts);
  const lenders = await openAgents(io, options.ssh);
  const id = await openSession(context, options, source);
  if (id !== undefined) lendAgents({ io, api, session: id }, lenders);
  const plain = id === undefined ? plainContext(io, source) : { body: source.body, dockerfile: source.dockerfileName };
  const buildId = encodeBase64(io.random.bytes(15), { url: true })
    .toLowerCase()
    .replace(/[^a-z0-9]/g, 'x');
  const cancel = cancelOnInterrupt(context, buildId);
  const sending = guarded(plain.body);
  const answer = await api.start({
    query: { ...buildQuery(options, source), dockerfile: plain.dockerfile, session: id, buildid: buildId },
    headers: [['X-Registry-Config', registryConfig(config)]],
    ...(sending.body === undefined ? {} : { body: sending.body }),
  });
  const stream = await readStream(context, answer, printer);
  context.interrupts.release();
  if (sending.failure !== undefined) throw sending.failure;
  const result = id === undefined ? undefined : await api.result(id);
  const failed = result?.Error?.Message ?? stream.error;
  if (failed === undefined)
    return { imageId: stream.imageId, ...(result === undefined ? {} : { result }), ...(id === undefined ? {} : { session: id }) };
  const reason = cancel.asked && failed === 'context canceled' ? `Canceled: ${failed}` : failed;
  throw new SolveError(solveMessage(reason, source), { canceled: cancel.asked, ...(result === undefined ? {} : { result }) });
}

/** A context that cannot be read ends where it cannot; why is told when the engine has answered. */
function guarded(body: Body | undefined): { readonly body?: Body; failure?: CliError } {
  const sending: { body?: Body; failure?: CliError } = {};
  if (body !== undefined)
    sending.body = async (write) => {
      try {
        await body(write);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        sending.failure = error;
      }
    };
  return sending;
}

/** A remote context is loaded for the sake of a policy file before the build itself begins. */
const solveMessage = (message: string, { kind, dockerfileName }: BuildContext): string =>
  kind === 'remote' && message.startsWith('failed to load cache key: ')
    ? `failed to stat policy file ${dockerfileName}.rego: ${message}`
    : `failed to solve: ${message}`;

/** A build that the engine gave up. */
export class SolveError extends CliError {
  readonly result: BuildSessionResult | undefined;
  constructor(message: string, { canceled, result }: { readonly canceled: boolean; readonly result?: BuildSessionResult }) {
    super(message, canceled ? CANCELED_STATUS : 1);
    this.result = result;
  }
}

/** The session's id; undefined where the engine has none and the build can do without. */
async function openSession(context: Context, options: BuildOptions, source: BuildContext): Promise<string | undefined> {
  const { client, config, io } = context;
  const api = build(client.http);
  const locals = Object.entries(options.contexts).filter(([, value]) => isLocal(value));
  let id: string;
  try {
    id = (await api.createSession(sessionRequest(options, source, { config, cwd: io.cwd }))).ID;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    refuseWithoutSession(options);
    return undefined;
  }
  for (const [name, path] of locals) await api.sendContext(id, name, directoryBody(io, path));
  await sendCaches(context, id, options.cacheFrom);
  return id;
}

/** What can be said of named contexts before the build. Throws CliError. */
function checkContexts(context: Context, contexts: BuildOptions['contexts']): void {
  for (const [name, value] of Object.entries(contexts)) {
    if (value.startsWith('target:')) throw new CliError(`failed to find target ${value.slice('target:'.length)} for context ${name}`);
    if (isLocal(value)) checkNamedContext(context, name, value);
    const layout = /^oci-layout:\/\/(.*)$/.exec(value)?.[1]?.replace(/@sha256:[0-9a-f]{64}$|:[\w.-]+$/, '');
    if (layout !== undefined && context.io.files.stat(absolutePath(context.io.cwd, layout)) === null)
      throw new CliError(
        `oci-layout reference ${JSON.stringify(value)} could not be resolved: could not lock ${layout}/index.json.lock: open ${layout}/index.json.lock: no such file or directory`,
      );
  }
}

function checkNamedContext({ io }: Context, name: string, path: string): void {
  const found = io.files.stat(absolutePath(io.cwd, path));
  if (found === null) throw new CliError(`failed to get build context ${name}: stat ${path}: no such file or directory`);
  if (found.type !== 'directory') throw new CliError(`failed to get build context path {${path} <nil>}: not a directory`);
}

/** Sessions are this project's own; with another engine only a plain build works. */
function refuseWithoutSession(options: BuildOptions): void {
  const needs: readonly (readonly [string, boolean])[] = [
    ['--secret', Object.keys(options.secrets).length > 0],
    ['--ssh', options.ssh.length > 0],
    ['--build-context', Object.keys(options.contexts).length > 0],
    ['--no-cache-filter', options.noCacheFilter.length > 0],
    ['--annotation', Object.keys(options.annotations).length > 0],
    ['--call', options.call !== undefined],
    ['--cache-to', options.cacheTo.length > 0],
    ['--output', options.outputs.some(({ type, file, directory }) => type !== 'image' || file !== undefined || directory !== undefined)],
  ];
  const first = needs.find(([, isUsed]) => isUsed);
  if (first !== undefined) throw new CliError(`${first[0]} is not supported by this client with this engine: it needs BuildKit's session`);
}

/** The first ^C asks the engine to stop, so that what it was doing is shown; the second does not wait for that. */
function cancelOnInterrupt({ client, interrupts, io }: Context, buildId: string): { readonly asked: boolean } {
  const state = { asked: false };
  interrupts.behave('stay');
  interrupts.onInterrupt(async () => {
    if (state.asked) io.exit(CANCELED_STATUS);
    state.asked = true;
    await build(client.http).cancel(buildId);
  });
  return state;
}

interface Stream {
  readonly imageId: string;
  readonly error: string | undefined;
}

/** Reads to the end, beside the printer: time goes on where nothing comes. */
async function readStream({ io }: Context, answer: ClientResponse, printer: BuildNews): Promise<Stream> {
  const messages: ProgressMessage[] = [];
  const news = io.queue();
  const reading: { ended: boolean; failure?: unknown } = { ended: false };
  io.spawn(async () => {
    try {
      await eachJsonLine<ProgressMessage>(answer, (message) => {
        messages.push(message);
        news.wake();
      });
    } catch (error) {
      reading.failure = error;
    }
    reading.ended = true;
    news.wake();
  });
  const stream = { imageId: '', error: undefined as string | undefined };
  for (;;) {
    for (let message = messages.shift(); message !== undefined; message = messages.shift()) await take(message, stream, printer);
    if (reading.ended && messages.length === 0) break;
    if (!(await news.wait(TICK_MS))) await printer.refresh();
  }
  if (reading.failure !== undefined) throw reading.failure;
  return stream;
}

async function take(message: ProgressMessage, stream: { imageId: string; error: string | undefined }, printer: BuildNews): Promise<void> {
  const failed = message.errorDetail?.message ?? message.error;
  if (failed !== undefined) stream.error = failed;
  if (message.id === 'moby.image.id') stream.imageId = (message.aux as { readonly ID?: string } | undefined)?.ID ?? '';
  if (message.id !== 'moby.buildkit.trace' || typeof message.aux !== 'string') return;
  try {
    await printer.write(decodeStatusResponse(readBase64(message.aux)));
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    throw new CliError(`failed to read the progress of the build: ${error.message}`);
  }
}
