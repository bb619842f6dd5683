/** dockerode, what most Node programs talk to Docker with, against `drydock serve`. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentBytes, readTar, type TarInput, writeTar } from '../../src/engine/oci/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let server: ChildProcess;
let docker: Docker;

const encode = (words: string): Uint8Array => new TextEncoder().encode(words);
const file = (name: string, words: string): TarInput => ({ name, type: 'file', mode: 0o644, content: encode(words) });
const tar = (...entries: readonly TarInput[]): Buffer => Buffer.from(writeTar(entries));

/** Resolves with all messages of a pull or build when it is over. */
const followed = (stream: NodeJS.ReadableStream): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  new Promise((resolve, reject) => {
    docker.modem.followProgress(stream, (error, messages) => (error ? reject(error) : resolve(messages)));
  });

/** Both streams of a container without a terminal, until it ends. */
async function demuxed(stream: NodeJS.ReadableStream): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, stdout, stderr);
  stream.on('end', () => {
    stdout.end();
    stderr.end();
  });
  const [out, error] = await Promise.all([text(stdout), text(stderr)]);
  return { stdout: out, stderr: error };
}

beforeAll(async () => {
  server = spawn(process.execPath, [path.join(root, 'src/bin/drydock.ts'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve) => {
    server.stdout?.on('data', (piece: Buffer) => {
      const found = /tcp:\/\/127\.0\.0\.1:(\d+)/.exec(String(piece))?.[1];
      if (found) resolve(Number(found));
    });
  });
  docker = new Docker({ protocol: 'http', host: '127.0.0.1', port });
  await followed(await docker.pull('alpine:latest'));
});

afterAll(() => {
  server?.kill();
});

describe('dockerode', () => {
  it('pulls, lists, inspects, tags and removes images', async () => {
    const messages = await followed(await docker.pull('busybox:latest'));
    expect(messages.at(-1)?.status).toBe('Status: Downloaded newer image for busybox:latest');
    expect((await docker.listImages()).flatMap(({ RepoTags }) => RepoTags)).toContain('busybox:latest');
    const image = docker.getImage('busybox:latest');
    const { Id, Os } = await image.inspect();
    expect(Os).toBe('linux');
    await image.tag({ repo: 'mine/box', tag: '1' });
    expect((await docker.getImage('mine/box:1').inspect()).Id).toBe(Id);
    expect((await image.history()).length).toBeGreaterThan(0);
    expect(await docker.getImage('mine/box:1').remove()).toEqual([{ Untagged: 'mine/box:1' }]);
    await expect(docker.getImage('mine/box:1').inspect()).rejects.toMatchObject({ statusCode: 404 });
    await expect(docker.pull('no/such:1')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('creates, attaches to, starts and awaits a container, and sees its events', async () => {
    const events = await docker.getEvents({ filters: { type: ['container'], event: ['create', 'start', 'die', 'destroy'] } });
    const actions: string[] = [];
    const destroyed = new Promise<void>((resolve) => {
      events.on('data', (piece: Buffer) => {
        for (const line of String(piece).trim().split('\n')) actions.push((JSON.parse(line) as { Action: string }).Action);
        if (actions.includes('destroy')) resolve();
      });
    });
    const container = await docker.createContainer({
      Image: 'alpine',
      Cmd: ['sh', '-c', 'read x; echo "got $x"; echo aside >&2; exit 3'],
      ...{ OpenStdin: true, StdinOnce: true, AttachStdin: true, AttachStdout: true, AttachStderr: true },
    });
    const stream = await container.attach({ stream: true, hijack: true, stdin: true, stdout: true, stderr: true });
    const output = demuxed(stream);
    await container.start();
    stream.end('a line\n');
    expect(await output).toEqual({ stdout: 'got a line\n', stderr: 'aside\n' });
    expect(await container.wait()).toEqual({ StatusCode: 3 });
    await container.remove();
    await destroyed;
    expect(actions).toEqual(['create', 'start', 'die', 'destroy']);
    (events as NodeJS.ReadableStream & { destroy(): void }).destroy();
  });

  it('runs by its shorthand', async () => {
    const output = new PassThrough();
    const heard = text(output);
    const [result, container] = (await docker.run('alpine', ['echo', 'shorthand'], output)) as [{ StatusCode: number }, Docker.Container];
    expect(result.StatusCode).toBe(0);
    expect(await heard).toBe('shorthand\r\n');
    await container.remove();
  });

  it('executes, reads logs and stats, and copies both ways', async () => {
    const container = await docker.createContainer({ Image: 'alpine', name: 'works', Cmd: ['sh', '-c', 'echo begun; exec sleep 1000'] });
    await container.start();
    const exec = await container.exec({ Cmd: ['sh', '-c', 'cat; exit 4'], AttachStdin: true, AttachStdout: true, AttachStderr: true });
    const stream = await exec.start({ hijack: true, stdin: true });
    const output = demuxed(stream);
    stream.end('through\n');
    expect((await output).stdout).toBe('through\n');
    expect(await exec.inspect()).toMatchObject({ Running: false, ExitCode: 4 });

    expect(String(await container.logs({ stdout: true, stderr: true }))).toContain('begun\n');
    const followedLogs = await container.logs({ stdout: true, stderr: true, follow: true });
    const first = await new Promise<Buffer>((resolve) => followedLogs.once('data', resolve));
    expect(String(first)).toContain('begun\n');

    const stats = await container.stats({ stream: false });
    expect(stats.memory_stats.usage).toBeGreaterThan(0);
    const flow = await container.stats({ stream: true });
    const line = await new Promise<Buffer>((resolve) => flow.once('data', resolve));
    expect(JSON.parse(String(line))).toMatchObject({ id: container.id });
    (flow as NodeJS.ReadableStream & { destroy(): void }).destroy();

    await container.putArchive(tar(file('letter', 'to and fro\n')), { path: '/root' });
    const [entry] = readTar(new Uint8Array(await buffer(await container.getArchive({ path: '/root/letter' }))));
    expect(entry && [entry.name, new TextDecoder().decode(contentBytes(entry.content))]).toEqual(['letter', 'to and fro\n']);

    const { Id } = (await container.commit({ repo: 'mine/works', tag: '1', comment: 'as it is' })) as { Id: string };
    expect((await docker.getImage('mine/works:1').inspect()).Id).toBe(Id);
    expect((await docker.listContainers({ all: true })).map(({ Names }) => Names)).toContainEqual(['/works']);
    expect((await container.top()).Processes.flat()).toContain('sleep 1000');
    await container.stop({ t: 0 });
    await container.remove({ v: true });
    await expect(container.inspect()).rejects.toMatchObject({ statusCode: 404, reason: 'no such container' });
  });

  it('builds by the classic builder from a tar, and hears of a failure', async () => {
    const context = tar(file('Dockerfile', 'FROM alpine\nCOPY note /note\nRUN cat /note\n'), file('note', 'from a tar\n'));
    const messages = await followed(await docker.buildImage(context as unknown as NodeJS.ReadableStream, { t: 'mine/built:1' }));
    const said = messages.map(({ stream = '' }) => stream).join('');
    expect(said).toContain('Step 3/3 : RUN cat /note');
    expect(said).toContain('from a tar\n');
    expect(said).toContain('Successfully tagged mine/built:1\n');
    const broken = tar(file('Dockerfile', 'FROM alpine\nRUN exit 7\n'));
    const ended = await followed(await docker.buildImage(broken as unknown as NodeJS.ReadableStream, { t: 'mine/broken' }));
    expect(ended.at(-1)?.error).toBe("The command '/bin/sh -c exit 7' returned a non-zero code: 7");
  });

  it('makes networks and volumes that a container uses', async () => {
    const network = await docker.createNetwork({ Name: 'harbour', Driver: 'bridge' });
    const volume = await docker.createVolume({ Name: 'hold', Labels: { of: 'ferry' } });
    expect(volume).toMatchObject({ name: 'hold' });
    const container = await docker.createContainer({
      Image: 'alpine',
      Cmd: ['sh', '-c', 'echo kept > /hold/file'],
      HostConfig: { NetworkMode: 'harbour', Binds: ['hold:/hold'] },
    });
    await container.start();
    await container.wait();
    expect(await docker.getVolume('hold').inspect()).toMatchObject({ Driver: 'local', Labels: { of: 'ferry' } });
    expect(Object.keys((await container.inspect()).NetworkSettings.Networks)).toEqual(['harbour']);
    await container.remove();
    await docker.getVolume('hold').remove();
    await network.remove();
    expect((await docker.listNetworks()).map(({ Name }) => Name)).not.toContain('harbour');
    await expect(docker.getVolume('hold').inspect()).rejects.toMatchObject({ statusCode: 404 });
  });
});
