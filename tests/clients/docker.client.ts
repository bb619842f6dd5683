/** The real docker client against `drydock serve`: what a newcomer does first. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, writeTar } from '../../src/engine/oci/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(path.join(os.tmpdir(), 'drydock-client-'));
const BUSYBOX = ['/bin/busybox', '/usr/bin/busybox'].find((file) => existsSync(file));
/** What a busybox that is not static needs to start: its dynamic linker and libraries. */
const LIBRARIES = BUSYBOX === undefined ? [] : (spawnSync('ldd', [BUSYBOX], { encoding: 'utf8' }).stdout?.match(/\/\S+(?= \()/g) ?? []);
let server: ChildProcess;
let host = '';

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function docker(args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn('docker', args, { env: { PATH: process.env.PATH, HOME: home, DOCKER_HOST: host } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (piece) => {
      stdout += piece;
    });
    child.stderr.on('data', (piece) => {
      stderr += piece;
    });
    child.on('close', (status) => resolve({ status: status ?? 128, stdout, stderr }));
    child.stdin.end(input);
  });
}

beforeAll(async () => {
  server = spawn(process.execPath, [path.join(root, 'src/bin/drydock.ts'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  host = await new Promise((resolve) => {
    server.stdout?.on('data', (piece: Buffer) => {
      const address = /tcp:\/\/127\.0\.0\.1:\d+/.exec(String(piece))?.[0];
      if (address) resolve(address);
    });
  });
});

afterAll(() => {
  server?.kill();
  rmSync(home, { recursive: true, force: true });
});

describe('the real docker client', () => {
  it('asks for the version', async () => {
    const { status, stdout } = await docker(['version', '--format', '{{.Server.Version}} {{.Server.APIVersion}}']);
    expect(stdout).toBe('29.7.2 1.55\n');
    expect(status).toBe(0);
  });

  it('runs hello-world', async () => {
    const { status, stdout, stderr } = await docker(['run', '--rm', 'hello-world']);
    expect(stderr).toContain("Unable to find image 'hello-world:latest' locally");
    expect(stdout).toContain('Hello from Docker!');
    expect(status).toBe(0);
  });

  it('runs nginx in the background, looks in, stops and removes it', async () => {
    const run = await docker(['run', '-d', '--name', 'web', '-p', '8080:80', 'nginx']);
    expect(run.stdout).toMatch(/^[0-9a-f]{64}\n$/);
    expect((await docker(['ps', '--format', '{{.Names}} {{.Ports}}'])).stdout).toContain('web 0.0.0.0:8080->80/tcp');
    expect(await docker(['exec', 'web', 'sh', '-c', 'echo inside; exit 3'])).toMatchObject({ stdout: 'inside\n', status: 3 });
    expect((await docker(['exec', '-i', 'web', 'cat'], 'through\n')).stdout).toBe('through\n');
    expect((await docker(['logs', 'web'])).stdout).toContain('docker-entrypoint');
    expect((await docker(['stop', 'web'])).stdout).toBe('web\n');
    expect((await docker(['rm', 'web'])).stdout).toBe('web\n');
  });

  /** A client under a terminal: `lines` are typed when what each waits for was shown. */
  async function atTerminal(command: string, lines: readonly (readonly [shown: string, typed: string])[]): Promise<Ran> {
    const child = spawn('script', ['-qec', `exec ${command}`, '/dev/null'], {
      env: { PATH: process.env.PATH, HOME: home, DOCKER_HOST: host, TERM: 'xterm' },
    });
    const waiting = [...lines];
    let [output, looked] = ['', 0];
    child.stdout.on('data', (piece: Buffer) => {
      output += String(piece);
      if (String(piece).includes('\x1b[6n')) child.stdin.write('\x1b[1;1R');
      const at = waiting[0] === undefined ? -1 : output.indexOf(waiting[0][0], looked);
      if (at < 0) return;
      looked = output.length;
      child.stdin.write(waiting.shift()?.[1] ?? '');
    });
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { status: status ?? 128, stdout: output, stderr: '' };
  }

  it('talks to a shell through a terminal', async () => {
    await docker(['run', '-d', '--name', 'there', 'alpine', 'sleep', '1000']);
    const { status, stdout } = await atTerminal('docker exec -it there sh', [
      ['# ', 'tty; echo $((6 * 7))\r'],
      ['42', 'exit 5\r'],
    ]);
    expect(stdout).toContain('/dev/pts/0');
    expect(status).toBe(5);
    await docker(['rm', '-f', 'there']);
  });

  it('is interrupted: ^C ends what it is attached to', async () => {
    const { status, stdout } = await atTerminal(
      'docker run --rm alpine sh -c \'trap "echo caught; exit 9" INT; echo ready; while :; do :; done\'',
      [['ready', '\x03']],
    );
    expect(stdout).toContain('caught');
    expect(status).toBe(9);
    const shell = await atTerminal('docker run -it --rm alpine sh', [
      ['# ', 'while :; do :; done\r'],
      ['done\r\n', '\x03'],
      ['# ', 'exit 4\r'],
    ]);
    expect(shell.status).toBe(4);
  });

  it('sees the events of what it does', async () => {
    const events = spawn('docker', ['events', '--format', '{{.Type}} {{.Action}}'], {
      env: { PATH: process.env.PATH, HOME: home, DOCKER_HOST: host },
    });
    let seen = '';
    const destroyed = new Promise<void>((resolve) => {
      events.stdout.on('data', (piece: Buffer) => {
        seen += String(piece);
        if (seen.includes('container destroy')) resolve();
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await docker(['run', '--rm', 'alpine', 'true']);
    await destroyed;
    events.kill();
    const order = ['create', 'attach', 'start', 'die', 'destroy'];
    expect(
      seen
        .split('\n')
        .filter((line) => line.startsWith('container '))
        .map((line) => line.slice('container '.length)),
    ).toEqual(order);
  });

  it('copies files in and out', async () => {
    await docker(['create', '--name', 'box', 'alpine']);
    const file = path.join(home, 'letter');
    writeFileSync(file, 'to and fro\n');
    expect((await docker(['cp', file, 'box:/root/letter'])).status).toBe(0);
    expect((await docker(['cp', 'box:/root/letter', `${file}.back`])).status).toBe(0);
    expect(readFileSync(`${file}.back`, 'utf8')).toBe('to and fro\n');
    await docker(['rm', 'box']);
  });

  it('attaches to a terminal', async () => {
    const { stdout } = await atTerminal("docker run -it --rm alpine sh -c 'tty; stty size'", []);
    expect(stdout).toContain('/dev/pts/0');
  });

  it.runIf(BUSYBOX !== undefined)('loads an image with a real busybox and runs it', async () => {
    const archive = path.join(home, 'busybox.tar');
    writeFileSync(archive, archiveOf(readFileSync(BUSYBOX ?? '')));
    expect((await docker(['load', '-i', archive])).stdout).toContain('Loaded image: real/busybox:1');
    const { stdout } = await docker(['run', '--rm', 'real/busybox:1', 'busybox', 'echo', 'from a real file']);
    expect(stdout).toBe('from a real file\n');
    expect((await docker(['run', '--rm', 'real/busybox:1', 'busybox', 'sh', '-c', 'busybox ls -l /bin | busybox wc -l'])).stdout).toBe(
      '2\n',
    );
  });
  if (BUSYBOX === undefined)
    console.log('No busybox is installed here: loading a real one is not tested. (Debian: apt-get install busybox-static)');
});

/** An archive as `docker save` writes it, of one layer with one real executable. */
function archiveOf(busybox: Uint8Array): Uint8Array {
  const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const layer = writeTar([
    { name: 'bin/', type: 'directory', mode: 0o755 },
    { name: 'bin/busybox', type: 'file', mode: 0o755, content: new Uint8Array(busybox) },
    ...LIBRARIES.map((file) => ({ name: file.slice(1), type: 'file' as const, mode: 0o755, content: new Uint8Array(readFileSync(file)) })),
  ]);
  const config = encode({
    architecture: 'amd64',
    os: 'linux',
    config: { Env: ['PATH=/bin'] },
    rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
  });
  const hex = digestOf(config).slice('sha256:'.length);
  const manifest = encode([{ Config: `${hex}.json`, RepoTags: ['real/busybox:1'], Layers: ['layer.tar'] }]);
  return writeTar([
    { name: `${hex}.json`, type: 'file', mode: 0o644, content: config },
    { name: 'layer.tar', type: 'file', mode: 0o644, content: layer },
    { name: 'manifest.json', type: 'file', mode: 0o644, content: manifest },
  ]);
}
