/** A kernel with dockerd on it and an image of a few programs, driven over dockerd's socket by a program of the same machine. */
import { dockerd } from '../../../src/engine/api/dockerd.ts';
import { socketDuplex } from '../../../src/engine/daemon/duplex.ts';
import { readAll, request } from '../../../src/engine/http/index.ts';
import type { Duplex } from '../../../src/engine/http/types.ts';
import { makeExecutable } from '../../../src/engine/kernel/elf.ts';
import { createKernel } from '../../../src/engine/kernel/kernel.ts';
import type { Program, Sys } from '../../../src/engine/kernel/sys.ts';
import { writeImageArchive } from '../../../src/engine/oci/archive/write.ts';
import { descriptorOf, digestOf, encodeJson, MEDIA_TYPE, type TarInput, writeTar } from '../../../src/engine/oci/index.ts';

const SOCKET = '/var/run/docker.sock';
const LONGEST_NS = 3_600_000_000_000n;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const say = async (sys: Sys, text: string): Promise<void> => void (await sys.write(1, encoder.encode(text)));

/** What the test image has in /bin. */
const PROGRAMS: Readonly<Record<string, Program>> = {
  echo: async (sys) => {
    await say(sys, `${sys.argv.slice(1).join(' ')}\n`);
    return 0;
  },
  sleep: async (sys) => {
    await sys.sleep(Number(sys.argv[1] ?? 1) * 1000);
    return 0;
  },
  exit: async (sys) => Number(sys.argv[1] ?? 0),
  cat: async (sys) => {
    const path = sys.argv[1];
    if (path !== undefined) {
      await sys.write(1, sys.path.readFile(path));
      return 0;
    }
    for (let bytes = await sys.read(0, 1024); bytes.length > 0; bytes = await sys.read(0, 1024)) await sys.write(1, bytes);
    return 0;
  },
  write: async (sys) => {
    sys.path.writeFile(sys.argv[1] ?? '/file', encoder.encode(sys.argv[2] ?? ''));
    return 0;
  },
  env: async (sys) => {
    await say(sys, [...sys.env].map(([name, value]) => `${name}=${value}\n`).join(''));
    return 0;
  },
  polite: async (sys) => {
    let isTold = false;
    sys.on('SIGTERM', () => {
      isTold = true;
    });
    await say(sys, 'ready\n');
    while (!isTold) await sys.pause();
    return 7;
  },
  busy: async (sys) => {
    for (;;) await sys.turn();
  },
  ids: async (sys) => {
    const { uid, gid, groups, capabilities } = sys.ids.get();
    await say(sys, `${sys.pid} ${uid}:${gid} ${groups.join(',')} ${capabilities.size} ${sys.path.cwd()} ${sys.hostname()}\n`);
    return 0;
  },
  /** For each IP:PORT whether somebody accepts there; all are tried at once. */
  reach: async (sys) => {
    const tries = sys.argv.slice(1).map((address) =>
      sys.fork(async (child) => {
        const [ip = '', port] = address.split(':');
        const connected = child.connect(child.net.socket('inet', 'stream'), { family: 'inet', ip, port: Number(port) });
        return connected.then(
          () => 0,
          () => 1,
        );
      }),
    );
    for (const pid of tries) await say(sys, (await sys.wait(pid))?.status === 0 ? 'yes\n' : 'no\n');
    return 0;
  },
  serve: async (sys) => {
    const fd = sys.net.socket('inet', 'stream');
    sys.net.bind(fd, { family: 'inet', ip: '0.0.0.0', port: 80 });
    sys.net.listen(fd);
    for (;;) {
      const client = await sys.accept(fd);
      await sys.write(client, encoder.encode('served\n'));
      sys.fds.close(client);
    }
  },
};

const directory = (name: string): TarInput => ({ name: `${name}/` });
const file = (name: string, content: Uint8Array, mode = 0o644): TarInput => ({ name, content, mode });

/** An archive as `docker save` writes it, of an image called `test:1`. */
export function testImage(config: object = {}): Uint8Array {
  const layer = writeTar([
    ...['bin', 'etc', 'tmp', 'data'].map(directory),
    ...Object.keys(PROGRAMS).map((name) => file(`bin/${name}`, makeExecutable(`test:${name}`), 0o755)),
    file('etc/passwd', encoder.encode('root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n')),
    file('etc/group', encoder.encode('root:x:0:\nada:x:1000:\ncrew:x:50:ada\n')),
    file('etc/plain', encoder.encode('not a program\n')),
    file('data/seed', encoder.encode('seed\n')),
  ]);
  const configBytes = encodeJson({
    architecture: 'amd64',
    os: 'linux',
    created: '2024-01-01T00:00:00Z',
    config: { Env: ['PATH=/bin'], Cmd: ['sleep', '1000'], ...config },
    rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
    history: [{ created_by: 'ADD', created: '2024-01-01T00:00:00Z' }],
  });
  const blobs = new Map([layer, configBytes].map((bytes) => [digestOf(bytes), bytes]));
  const manifest = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config: descriptorOf(configBytes, MEDIA_TYPE.config),
    layers: [descriptorOf(layer, MEDIA_TYPE.layer)],
  });
  blobs.set(digestOf(manifest), manifest);
  const pieces = [
    ...writeImageArchive({
      images: [{ target: descriptorOf(manifest, MEDIA_TYPE.manifest), name: 'docker.io/library/test:1' }],
      read: (digest) => blobs.get(digest),
    }),
  ];
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  /** The body as JSON. */
  readonly json: Record<string, unknown>;
}

/** What a test does with the engine. */
export interface Engine {
  readonly sys: Sys;
  call(method: string, target: string, body?: unknown): Promise<Reply>;
  /** An upgraded connection. */
  attach(target: string, body?: unknown): Promise<Duplex>;
  /** A container's id. */
  create(body: object, name?: string): Promise<string>;
  /** Creates, starts, waits; what it printed and its status. */
  run(body: object): Promise<{ readonly stdout: string; readonly stderr: string; readonly status: number }>;
  inspect(name: string): Promise<Record<string, never>>;
  restartDaemon(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

function connect(sys: Sys): Promise<ReturnType<typeof socketDuplex>> {
  const fd = sys.net.socket('unix', 'stream');
  return Promise.resolve(sys.connect(fd, { family: 'unix', path: SOCKET })).then(() => socketDuplex(sys, fd));
}

/** One request on a connection of its own, by whoever has `sys`. */
export async function call(sys: Sys, method: string, target: string, body?: unknown): Promise<Reply> {
  const connection = await connect(sys);
  const bytes = body instanceof Uint8Array ? body : body === undefined ? undefined : encoder.encode(JSON.stringify(body));
  const answer = await request(connection, {
    method,
    target,
    headers: [
      ['Host', 'docker'],
      ['Connection', 'close'],
      ...(bytes && method === 'POST' ? [['Content-Type', 'application/json'] as const] : []),
    ],
    ...(bytes ? { body: bytes } : {}),
  });
  const text = decoder.decode(await readAll(answer));
  connection.close();
  const isJson = /^\s*[[{]/.test(text) && !text.includes('}\r\n');
  return {
    status: answer.status,
    type: answer.headers.get('content-type')?.[0] ?? '',
    text,
    json: isJson ? (JSON.parse(text.split('\n')[0] ?? '') as Record<string, unknown>) : {},
  };
}

async function attach(sys: Sys, target: string, body?: unknown): Promise<Duplex> {
  const connection = await connect(sys);
  const answer = await request(connection, {
    method: 'POST',
    target,
    headers: [
      ['Host', 'docker'],
      ['Connection', 'Upgrade'],
      ['Upgrade', 'tcp'],
      ...(body === undefined ? [] : [['Content-Type', 'application/json'] as const]),
    ],
    ...(body === undefined ? {} : { body: encoder.encode(JSON.stringify(body)) }),
  });
  if (!answer.upgraded) throw new Error(`not upgraded: ${answer.status}`);
  return answer.upgraded;
}

/** The frames of a multiplexed stream until its end. */
export async function frames(connection: Duplex): Promise<{ readonly stdout: string; readonly stderr: string }> {
  let bytes = new Uint8Array();
  const result = { stdout: '', stderr: '' };
  for (let piece = await connection.read(); piece !== null; piece = await connection.read()) bytes = Uint8Array.from([...bytes, ...piece]);
  for (let at = 0; at < bytes.length; ) {
    const size = new DataView(bytes.buffer, at).getUint32(4);
    result[bytes[at] === 2 ? 'stderr' : 'stdout'] += decoder.decode(bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size;
  }
  return result;
}

function engineOf(sys: Sys, daemon: { pid: number; start: () => Promise<number> }): Engine {
  const create = async (body: object, name?: string): Promise<string> => {
    const made = await call(sys, 'POST', `/containers/create${name === undefined ? '' : `?name=${name}`}`, { Image: 'test:1', ...body });
    if (made.status !== 201) throw new Error(made.text);
    return String(made.json.Id);
  };
  return {
    sys,
    create,
    call: (method, target, body) => call(sys, method, target, body),
    attach: (target, body) => attach(sys, target, body),
    run: async (body) => {
      const id = await create({ AttachStdout: true, AttachStderr: true, ...body });
      const connection = await attach(sys, `/containers/${id}/attach?stream=1&stdout=1&stderr=1`);
      const started = await call(sys, 'POST', `/containers/${id}/start`);
      if (started.status !== 204) throw new Error(started.text);
      const output = await frames(connection);
      const { json } = await call(sys, 'POST', `/containers/${id}/wait`);
      return { ...output, status: Number(json.StatusCode) };
    },
    inspect: async (name) => (await call(sys, 'GET', `/containers/${name}/json`)).json as Record<string, never>,
    restartDaemon: async (signal = 'SIGTERM') => {
      sys.kill(daemon.pid, signal);
      await sys.wait(daemon.pid);
      daemon.pid = await daemon.start();
    },
  };
}

function prepareHost(sys: Sys): void {
  for (const path of ['/proc', '/sys', '/dev', '/etc', '/var', '/var/run', '/var/lib', '/usr', '/usr/bin', '/tmp'])
    sys.path.mkdir(path, 0o755);
  const mount = (type: 'proc' | 'sysfs' | 'tmpfs' | 'devpts' | 'cgroup2', target: string): void =>
    sys.path.mount({ type, source: type, target });
  mount('proc', '/proc');
  mount('sysfs', '/sys');
  mount('cgroup2', '/sys/fs/cgroup');
  mount('tmpfs', '/dev');
  sys.path.mknod('/dev/null', 'char-device', 0o666, 259);
  sys.path.mkdir('/dev/pts', 0o755);
  mount('devpts', '/dev/pts');
  sys.path.writeFile('/etc/resolv.conf', encoder.encode('nameserver 10.0.0.1\n'));
  sys.path.writeFile('/etc/group', encoder.encode('root:x:0:\ndocker:x:998:\n'));
  sys.net.link.set('lo', { up: true });
}

async function startDaemon(sys: Sys): Promise<number> {
  let isReady = false;
  const pid = sys.fork(dockerd({ onAnswering: () => (isReady = true) }), { argv: ['dockerd'], pgid: 0 });
  while (!isReady) await sys.sleep(1);
  return pid;
}

/** Boots, runs `test`, and answers what it answered. A fault of any program fails the test. */
export async function withEngine<T>(test: (engine: Engine) => Promise<T>, options: { readonly image?: object } = {}): Promise<T> {
  const kernel = createKernel({
    seed: 1,
    epochNs: 1_700_000_000_000_000_000n,
    load: async (note) => PROGRAMS[note.replace('test:', '')],
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    nowMs: () => performance.now(),
    hostname: 'host',
  });
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  const main: Program = async (sys) => {
    prepareHost(sys);
    const daemon = { pid: await startDaemon(sys), start: () => startDaemon(sys) };
    const engine = engineOf(sys, daemon);
    try {
      const loaded = await engine.call('POST', '/images/load?quiet=1', testImage(options.image));
      if (!loaded.text.includes('Loaded image: test:1')) throw new Error(loaded.text);
      outcome = { value: await test(engine) };
    } catch (error) {
      outcome = { error };
    }
    return 0;
  };
  kernel.start(main, { name: 'init', argv: ['init'] });
  await kernel.run(LONGEST_NS, { stop: () => outcome !== undefined || kernel.faults.length > 0 });
  const [fault] = kernel.faults;
  if (fault) throw fault.error instanceof Error ? fault.error : new Error(`${fault.program}: ${fault.message}`);
  if (!outcome) throw new Error('nothing moves any more');
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
