/** A whole build over the doors: a client as small as can be, and a machine. */

import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builderDoors } from '../../../src/bin/buildkit/doors.ts';
import { sendTree, sentFile } from '../../../src/bin/buildkit/files.ts';
import { GrpcClient } from '../../../src/bin/buildkit/grpc/client.ts';
import { type Call, type Methods, serveGrpc, unary } from '../../../src/bin/buildkit/grpc/server.ts';
import { Code, GrpcError } from '../../../src/bin/buildkit/grpc/status.ts';
import { SOLVE_REQUEST, SOLVE_RESPONSE, type SolveRequest, STATUS_REQUEST } from '../../../src/bin/buildkit/messages/control.ts';
import { FRONTEND_REQUEST, FRONTEND_RESPONSE, PONG, RETURN_REQUEST } from '../../../src/bin/buildkit/messages/gateway.ts';
import { EMPTY, entriesOf, recordOf } from '../../../src/bin/buildkit/messages/message.ts';
import { CHECK_REQUEST, CHECK_RESPONSE, type CheckResponse, POLICY_ACTION } from '../../../src/bin/buildkit/messages/policy.ts';
import { BYTES, SECRET_REQUEST, SECRET_RESPONSE } from '../../../src/bin/buildkit/messages/session.ts';
import { socketPair } from '../../../src/bin/buildkit/socket-pair.ts';
import { nodeHost, nodePacer } from '../../../src/bin/host.ts';
import { decodeStatusResponse } from '../../../src/engine/api-types/build-trace.ts';
import { createMachine } from '../../../src/engine/machine/machine.ts';
import { openSession, type Session } from '../../../src/engine/machine/session.ts';
import { bookSpec } from '../../../src/engine/machine/spec.ts';
import { readTar } from '../../../src/engine/oci/index.ts';

const CONTROL = '/moby.buildkit.v1.Control';
const BRIDGE = '/moby.buildkit.v1.frontend.LLBBridge';
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const plain = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

let machine: Session;
let doors: ReturnType<typeof builderDoors>;

beforeAll(async () => {
  machine = await openSession({
    spec: bookSpec(),
    create: (spec) => createMachine(spec, nodeHost),
    pacer: nodePacer,
    onOutput: () => {},
    onFault: (error) => {
      throw error;
    },
  });
  doors = builderDoors(() => machine.dialer.dial({ unix: '/var/run/docker.sock' }));
});
afterAll(() => machine.close());

/** The client's end of a connection that was upgraded. */
async function enter(door: 'grpc' | 'session', headers: Readonly<Record<string, readonly string[]>> = {}): Promise<Socket> {
  const [near, far] = await socketPair();
  void doors(far, { door, headers: new Map(Object.entries(headers)) });
  return near;
}

interface Client {
  readonly files: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** What its policy says of a source. */
  readonly policy?: (identifier: string) => CheckResponse;
  /** Outputs, by their places. */
  readonly received: Map<string, Uint8Array>;
  /** Patterns of what was asked for of the client's directories. */
  readonly asked: string[];
}

/** What the builder asks of this client. */
function answers({ files, secrets = {}, policy = () => ALLOWED, received, asked }: Client): Methods {
  return {
    '/moby.filesync.v1.FileSync/DiffCopy': async (call) => {
      const wanted = String(call.metadata['include-patterns'] ?? '');
      asked.push(`${wanted}${String(call.metadata.followpaths ?? '')}`);
      const names = Object.keys(files).filter((name) => wanted === '' || wanted.split(', ').includes(name));
      await sendTree(
        { ...call, end: () => {}, cancel: () => {} },
        names.map((name) => sentFile({ name, type: 'file', mode: 0o644 }, text(files[name] ?? ''))),
      );
    },
    '/moby.filesync.v1.FileSend/DiffCopy': async (call: Call) => {
      const pieces: Uint8Array[] = [];
      for (let bytes = await call.read(); bytes !== null; bytes = await call.read()) pieces.push(BYTES.decode(bytes).data);
      received.set(String(call.metadata['buildkit-attachable-exporter-id']), new Uint8Array(Buffer.concat(pieces)));
    },
    '/moby.buildkit.secrets.v1.Secrets/GetSecret': unary(SECRET_REQUEST, SECRET_RESPONSE, ({ id }) => {
      const value = secrets[id];
      if (value === undefined) throw new GrpcError(Code.notFound, `secret ${id}: not found`);
      return { data: text(value) };
    }),
    '/moby.buildkit.v1.sourcepolicy.policysession.PolicyVerifier/CheckPolicy': unary(CHECK_REQUEST, CHECK_RESPONSE, ({ source }) =>
      policy(source.source.identifier),
    ),
  };
}

const ALLOWED: CheckResponse = { decision: { action: POLICY_ACTION.allow, denyMessages: [] } };
let builds = 0;

interface Built {
  readonly response: Readonly<Record<string, string>>;
  readonly steps: readonly string[];
  readonly log: string;
  readonly received: ReadonlyMap<string, Uint8Array>;
  readonly asked: readonly string[];
}

/** Builds as Buildx does: asks for the build, leads it over the bridge, and listens. */
async function build(
  client: Omit<Client, 'received' | 'asked'>,
  { exporters = [] }: Pick<Partial<SolveRequest>, 'exporters'> = {},
): Promise<Built> {
  const [ref, session] = [`ref${builds}`, `session${builds++}`];
  const received = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const methods = answers({ ...client, received, asked });
  const near = await enter('session', {
    'x-docker-expose-session-uuid': [session],
    'x-docker-expose-session-grpc-method': Object.keys(methods),
  });
  const served = serveGrpc(near, methods);
  const grpc = new GrpcClient(await enter('grpc'));
  const request = SOLVE_REQUEST.encode({
    ...{ ref, session, exporters, frontend: '', frontendAttrs: [], frontendInputs: [], entitlements: [] },
    ...{ internal: false, sourcePolicySession: client.policy ? session : '', proxyNetwork: false },
  });
  const solving = one(grpc, `${CONTROL}/Solve`, request);
  const led = lead(grpc, ref);
  const told = listen(grpc, ref);
  try {
    const [answer] = await Promise.all([solving, led]);
    return { response: recordOf(SOLVE_RESPONSE.decode(answer).exporterResponse), ...(await told), received, asked };
  } finally {
    await told.catch(() => {});
    grpc.close();
    near.destroy();
    await served;
  }
}

async function one(grpc: GrpcClient, path: string, request: Uint8Array, metadata = {}): Promise<Uint8Array> {
  const stream = grpc.open(path, metadata);
  await stream.write(request);
  stream.end();
  const answer = (await stream.read()) ?? new Uint8Array();
  await stream.read();
  return answer;
}

async function lead(grpc: GrpcClient, ref: string): Promise<void> {
  const metadata = { 'buildkit-controlapi-buildid': ref };
  const pong = PONG.decode(await one(grpc, `${BRIDGE}/Ping`, EMPTY.encode({}), metadata));
  expect(pong.frontendCaps).toContainEqual(expect.objectContaining({ id: 'return', enabled: true }));
  const frontend = { frontend: 'dockerfile.v0', frontendOpt: entriesOf({ filename: 'Dockerfile' }), frontendInputs: [], evaluate: false };
  const solved = FRONTEND_RESPONSE.decode(await one(grpc, `${BRIDGE}/Solve`, FRONTEND_REQUEST.encode(frontend), metadata));
  await one(grpc, `${BRIDGE}/Return`, RETURN_REQUEST.encode({ result: solved.result }), metadata);
}

async function listen(grpc: GrpcClient, ref: string): Promise<Pick<Built, 'steps' | 'log'>> {
  const stream = grpc.open(`${CONTROL}/Status`);
  await stream.write(STATUS_REQUEST.encode({ ref }));
  stream.end();
  const steps = new Set<string>();
  let log = '';
  for (let bytes = await stream.read(); bytes !== null; bytes = await stream.read()) {
    const { vertexes, logs } = decodeStatusResponse(bytes);
    for (const { name } of vertexes) steps.add(name);
    log += logs.map(({ msg }) => plain(msg)).join('');
  }
  return { steps: [...steps], log };
}

describe('a build over /grpc and /session', () => {
  it('takes its files from the client, tells its progress and makes an image', async () => {
    const files = { Dockerfile: 'FROM busybox\nCOPY word /\nRUN cat /word\n', word: 'from the client\n' };
    const { response, steps, log } = await build({ files }, { exporters: [{ type: 'moby', attrs: entriesOf({ name: 'built:1' }) }] });
    expect(response['image.name']).toBe('docker.io/library/built:1');
    expect(response['containerimage.digest']).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(steps).toEqual(
      expect.arrayContaining(['[internal] load build definition from Dockerfile', '[2/3] COPY word /', 'exporting to image']),
    );
    expect(log).toBe('from the client\n');
  });

  it('asks for no more than the build reads', async () => {
    const none = { Dockerfile: 'FROM busybox\nRUN true\n', big: '' };
    expect((await build({ files: none })).asked).toEqual(['Dockerfile, Dockerfile.dockerignore', '.dockerignore']);
    const some = { Dockerfile: 'FROM busybox\nCOPY a b*/ /x/\n', a: '', b: '' };
    expect((await build({ files: some })).asked.at(-1)).toBe('/a, /b*');
    const all = { Dockerfile: 'FROM busybox\nCOPY . /x/\n', a: '' };
    expect((await build({ files: all })).asked.at(-1)).toBe('');
  });

  it('sends back what it has made', async () => {
    const files = { Dockerfile: 'FROM scratch\nCOPY word /w\n', word: 'there and back\n' };
    const { received } = await build({ files }, { exporters: [{ type: 'tar', attrs: [] }] });
    const entries = [...readTar(received.get('0') ?? new Uint8Array())];
    expect(entries.map(({ name }) => name)).toEqual(['w']);
  });

  it('asks for the secrets that a step needs, and for no others', async () => {
    const files = { Dockerfile: 'FROM busybox\nRUN --mount=type=secret,id=tok wc -c < /run/secrets/tok\n' };
    expect((await build({ files, secrets: { tok: '12345', other: 'x' } })).log).toBe('5\n');
    const missing = { Dockerfile: 'FROM busybox\nRUN --mount=type=secret,id=gone,required cat /run/secrets/gone\n' };
    await expect(build({ files: missing })).rejects.toThrow('secret gone: not found');
  });

  it('shows each source to a policy, and builds with none that is not allowed', async () => {
    const files = { Dockerfile: 'FROM alpine AS other\nFROM busybox\nCOPY word /\n', word: '' };
    const shown: string[] = [];
    const policy = (identifier: string): CheckResponse => {
      shown.push(identifier);
      return ALLOWED;
    };
    await build({ files, policy });
    expect(shown.sort()).toEqual(['docker-image://docker.io/library/busybox:latest', 'local://context']);
    const deny = (identifier: string): CheckResponse =>
      identifier.startsWith('docker-image:')
        ? { decision: { action: POLICY_ACTION.deny, denyMessages: [{ message: 'not that one' }] } }
        : ALLOWED;
    await expect(build({ files, policy: deny })).rejects.toThrow(
      'source "docker-image://docker.io/library/busybox:latest" not allowed by policy: action DENY',
    );
    await expect(build({ files, policy: () => ({ request: {} }) })).rejects.toThrow('the policy asks for more than the name');
  });

  it('fails with the lines of the Dockerfile that are to blame', async () => {
    const files = { Dockerfile: 'FROM busybox\nRUN exit 3\n' };
    const failure: unknown = await build({ files }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: Code.unknown, message: expect.stringContaining('did not complete successfully: exit code: 3') });
    const details = (failure as GrpcError).details.map(({ typeUrl, value }) => [typeUrl, JSON.parse(plain(value)) as unknown]);
    expect(details).toContainEqual([
      'github.com/moby/buildkit/errdefs.Source+json',
      {
        info: { filename: 'Dockerfile', data: Buffer.from(files.Dockerfile).toString('base64'), language: 'Dockerfile' },
        ranges: [{ start: { line: 2 }, end: { line: 2 } }],
      },
    ]);
  });

  it('says what it does not build', async () => {
    const grpc = new GrpcClient(await enter('grpc'));
    const metadata = { 'buildkit-controlapi-buildid': 'lost' };
    const solve = (rest: object): Promise<Uint8Array> =>
      one(grpc, `${CONTROL}/Solve`, SOLVE_REQUEST.encode({ ...EMPTY_REQUEST, ref: `lost${builds++}`, ...rest }), metadata);
    await expect(solve({ definition: { def: [] } })).rejects.toThrow('(LLB) are not supported');
    await expect(solve({ frontend: 'other.v0' })).rejects.toThrow('frontend other.v0 not found');
    await expect(solve({ ref: '' })).rejects.toThrow('a build needs a ref');
    grpc.close();
  });
});

const EMPTY_REQUEST: SolveRequest = {
  ...{ ref: '', session: '', exporters: [], frontend: '', frontendAttrs: [], frontendInputs: [], entitlements: [] },
  ...{ internal: false, sourcePolicySession: '', proxyNetwork: false },
};
