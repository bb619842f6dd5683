/** What one instruction of the classic builder does: a container for it, and an image of what came out. */
import { matchesPlatform } from '../../../oci/platform.ts';
import { create } from '../../containers/create.ts';
import { remove } from '../../containers/remove.ts';
import { start } from '../../containers/start.ts';
import { waitFor } from '../../containers/wait.ts';
import { messageOf } from '../../errors.ts';
import { shortId } from '../../ids.ts';
import { HOST_PLATFORM, topSnapshot } from '../../images/image.ts';
import { layerTar } from '../../snapshots/layer.ts';
import type { Instruction } from '../dockerfile/instructions.ts';
import type { StageState } from '../plan/stage.ts';
import type { Operation, Vertex } from '../plan/vertex.ts';
import { checksumOf } from '../solve/checksum.ts';
import { applyActions } from '../solve/file-op.ts';
import { download } from '../solve/http-source.ts';
import { newCacheId } from '../solve/records.ts';
import { MissingSource, select } from '../solve/select.ts';
import type { Classic } from './build.ts';
import { cachedStep, commitStep, type NewStep, type StepImage } from './image-step.ts';
import { createdBy } from './step-text.ts';

/** A command that did not end well. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

export interface Step {
  readonly instruction: Instruction;
  /** What the plan wrote into the history. */
  readonly planned: string;
  readonly parent: StepImage;
}

type Draft = Omit<NewStep, 'layer'>;

export async function runInstruction(classic: Classic, stage: StageState, { instruction, planned, parent }: Step): Promise<StepImage> {
  const isFile = instruction.kind === 'copy' || instruction.kind === 'add';
  const roots = isFile && stage.state ? await rootsOf(classic, stage.state) : [];
  const hash = isFile && stage.state ? hashOf(classic, stage.state, roots) : '';
  if (instruction.kind === 'cmd' || instruction.kind === 'entrypoint') {
    // Arguments are escaped on Windows alone here.
    const { ArgsEscaped: _, ...config } = stage.image.config;
    stage.image.config = config;
  }
  const { architecture, os, author, config } = stage.image;
  const draft: Draft = { parent, config, author, createdBy: createdBy(instruction, planned, hash), platform: { architecture, os } };
  // What the steps make says nothing of its platform: it is found again as this machine's own alone.
  const known = classic.isCached.value && matchesPlatform(HOST_PLATFORM, draft.platform) ? cachedStep(classic.daemon, draft) : undefined;
  if (known) {
    await classic.say({ stream: ' ---> Using cache\n' });
    return known;
  }
  classic.isCached.value = false;
  if (isFile) return writeFiles(classic, stage, { draft, roots });
  return inContainer(classic, stage, { draft, isRun: instruction.kind === 'run' });
}

type FileOperation = Extract<Operation, { kind: 'file' }>;
const fileOperation = ({ operation }: Vertex): FileOperation =>
  operation.kind === 'file' ? operation : { kind: 'file', actions: [], hasBase: false };

/** Where the files of each input lie. */
async function rootsOf({ daemon, workspace, contextRoot, byVertex }: Classic, { inputs }: Vertex): Promise<readonly string[]> {
  const roots: string[] = [];
  for (const { operation, digest } of inputs) {
    if (operation.kind === 'local') roots.push(contextRoot);
    else if (operation.kind === 'git') await fetched(daemon, { url: operation.remote, checksum: '' });
    else if (operation.kind === 'http') {
      const root = workspace.place(`http-${newCacheId(daemon)}`);
      daemon.sys.path.writeFile(`${root}/${operation.filename}`, (await fetched(daemon, operation)).bytes, 0o600);
      roots.push(root);
    } else {
      const manifest = byVertex.get(digest)?.manifest;
      roots.push(workspace.view({ id: digest.slice(7), snapshot: manifest ? topSnapshot(manifest) : '' }));
    }
  }
  return roots;
}

/** This builder knows of files alone, whatever the address looks like. */
async function fetched(daemon: Classic['daemon'], from: Parameters<typeof download>[1]): ReturnType<typeof download> {
  try {
    return await download(daemon, from);
  } catch (error) {
    throw new Error(`ADD failed: ${messageOf(error)}`);
  }
}

/** What is copied, for history and cache. */
function hashOf({ daemon }: Classic, state: Vertex, roots: readonly string[]): string {
  try {
    return fileOperation(state)
      .actions.map((action) => (action.kind === 'copy' ? checksumOf(daemon.sys, roots[action.input] ?? '', action).slice(7) : ''))
      .join('');
  } catch (error) {
    if (!(error instanceof MissingSource)) throw error;
    throw new Error(
      `COPY failed: file not found in build context or excluded by .dockerignore: stat ${error.message.slice(1)}: file does not exist`,
    );
  }
}

async function writeFiles(
  { daemon, workspace }: Classic,
  stage: StageState,
  { draft, roots }: { draft: Draft; roots: readonly string[] },
): Promise<StepImage> {
  const { sys, images } = daemon;
  const { parent } = draft;
  const key = `classic-${newCacheId(daemon)}`;
  images.snapshots.prepare(key, parent.manifest ? topSnapshot(parent.manifest) : '');
  const root = workspace.place(key);
  images.snapshots.mount(key, root);
  try {
    const actions = stage.state ? fileOperation(stage.state).actions : [];
    for (const action of actions)
      if (action.kind === 'copy' && select(sys, roots[action.input] ?? '', action).length === 0)
        throw new Error('COPY failed: no source files were specified');
    await applyActions(sys, actions, { root, hasBase: true, source: (input) => roots[input] ?? '', wasSent: () => true });
    return await commitStep(daemon, { ...draft, layer: layerTar(sys, images.snapshots, { key }) });
  } finally {
    sys.path.umount(root, { lazy: true });
    images.snapshots.remove(key);
  }
}

/** A RUN runs; for what only writes the configuration a container is made all the same. */
async function inContainer(classic: Classic, stage: StageState, { draft, isRun }: { draft: Draft; isRun: boolean }): Promise<StepImage> {
  const { daemon, say, request } = classic;
  if (draft.parent.id === '') return commitStep(daemon, { ...draft, layer: undefined });
  const operation = stage.state?.operation;
  const args = isRun && operation?.kind === 'run' ? operation.meta.args : ['/bin/sh', '-c', draft.createdBy.replace(/^\/bin\/sh -c /, '')];
  const { WorkingDir = '', User = '' } = stage.image.config;
  const { Id } = await create(daemon, {
    Image: draft.parent.id,
    Entrypoint: args,
    Cmd: [],
    Env: [...stage.env],
    WorkingDir,
    User,
    HostConfig: {
      ...(request.networkMode === '' ? {} : { NetworkMode: request.networkMode }),
      ExtraHosts: request.extraHosts,
      ...(request.shmSizeBytes > 0 ? { ShmSize: request.shmSizeBytes } : {}),
    },
  });
  await say({ stream: ` ---> Running in ${shortId(Id)}\n` });
  const status = isRun ? await runContainer(classic, Id) : 0;
  if (status !== 0) {
    if (classic.removesAlways) await removeContainer(classic, Id);
    throw new StepFailure(`The command '${args.join(' ')}' returned a non-zero code: ${status}`, status);
  }
  const layer = layerTar(daemon.sys, daemon.images.snapshots, { key: Id });
  const made = await commitStep(daemon, { ...draft, layer: isRun || draft.createdBy.includes('WORKDIR') ? layer : undefined });
  if (classic.removes) await removeContainer(classic, Id);
  return made;
}

async function removeContainer({ daemon, say }: Classic, id: string): Promise<void> {
  await remove(daemon, id, { force: true, volumes: true });
  await say({ stream: ` ---> Removed intermediate container ${shortId(id)}\n` });
}

async function runContainer({ daemon, say }: Classic, id: string): Promise<number> {
  const container = daemon.containers.get(id);
  const output = container.live.output.attach();
  const decoder = new TextDecoder();
  await start(daemon, id);
  for (let chunk = await output.next(); chunk !== null; chunk = await output.next())
    await say({ stream: decoder.decode(chunk.bytes, { stream: true }) });
  return waitFor(container, 'not-running')();
}
