import { describe, expect, it } from 'vitest';
import {
  createBody,
  folderOf,
  type Listing,
  pullTarget,
  type RunForm,
  rowInWords,
  rowsOf,
  runCommand,
  viewsIn,
  wordsIn,
} from '../../src/components/dashboard/view-model.ts';
import { dashboardWords } from '../../src/components/dashboard/words.ts';
import type { ContainerSummary } from '../../src/engine/api-types/index.ts';

const container = (more: Partial<ContainerSummary>): ContainerSummary => ({
  ...{ Id: 'c'.repeat(64), Names: ['/web'], Image: 'nginx', ImageID: 'sha256:1', Command: 'nginx', Created: 0, Ports: [], Labels: {} },
  ...{ State: 'running', Status: 'Up 4 minutes', HostConfig: {}, NetworkSettings: { Networks: {} }, Mounts: [] },
  ...more,
});
const listing = (more: Partial<Listing>): Listing => ({ containers: [], images: [], volumes: [], networks: [], ...more });
const form = (more: Partial<RunForm>): RunForm => ({
  image: 'nginx',
  name: '',
  command: '',
  ports: '',
  volumes: '',
  env: '',
  network: '',
  ...more,
});

describe('the views', () => {
  it('are those that an author names, in that order', () => {
    expect(viewsIn('images, containers')).toEqual(['images', 'containers']);
    expect(viewsIn('nonsense')).toEqual(['containers', 'images', 'volumes', 'networks']);
  });

  it('offer what is legal in a state, by the request that does it', () => {
    const verbs = (State: ContainerSummary['State']) =>
      rowsOf('containers', listing({ containers: [container({ State })] }))[0]?.acts.map(({ verb }) => verb);
    expect(verbs('running')).toEqual(['stop', 'restart', 'pause']);
    expect(verbs('paused')).toEqual(['unpause', 'stop']);
    expect(verbs('exited')).toEqual(['start', 'rm']);
    expect(verbs('removing')).toEqual([]);
  });

  it('name an image as docker ps does: without its digest, if it has a tag', () => {
    const below = (Image: string) => rowsOf('containers', listing({ containers: [container({ Image })] }))[0]?.below;
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(below(`localhost:5000/api:1@${digest}`)).toBe('localhost:5000/api:1');
    expect(below(`localhost:5000/api@${digest}`)).toBe(`localhost:5000/api@${digest}`);
  });

  it('draw an exit that is not 0 as a failure, and tell a port once', () => {
    const [row] = rowsOf(
      'containers',
      listing({
        containers: [
          container({
            ...{ State: 'exited', Status: 'Exited (137) 2 minutes ago' },
            Ports: [
              { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
              { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
              { PrivatePort: 443, Type: 'tcp' },
            ],
          }),
        ],
      }),
    );
    expect(row).toMatchObject({ shape: 'failed', cells: ['Exited (137) 2 minutes ago', '8080→80'], ports: [8080] });
    expect(row && rowInWords('containers', row)).toBe('web (nginx), STATUS Exited (137) 2 minutes ago, PORTS 8080→80');
  });

  it('keep the three networks that Docker has itself', () => {
    const network = (Name: string) => ({
      ...{ Name, Id: Name, Created: '', Scope: 'local', Driver: 'bridge', EnableIPv4: true, EnableIPv6: false, Internal: false },
      ...{ IPAM: { Driver: 'default', Options: null, Config: [{ Subnet: '172.17.0.0/16' }] }, Attachable: false, Ingress: false },
      ...{ ConfigFrom: { Network: '' }, ConfigOnly: false, Options: null, Labels: null, Containers: {} },
    });
    const rows = rowsOf('networks', listing({ networks: [network('bridge'), network('shop')] }));
    expect(rows.map(({ acts }) => acts.length)).toEqual([0, 1]);
  });
});

describe('the form', () => {
  it('becomes the body of a request', () => {
    expect(
      createBody(
        form({
          command: `sh -c 'echo "a b"'`,
          ports: '127.0.0.1:8080:80, 53/udp',
          env: 'A=1\nB=2',
          volumes: 'data:/d:ro',
          network: 'shop',
        }),
      ),
    ).toEqual({
      ...{ Image: 'nginx', Cmd: ['sh', '-c', 'echo "a b"'], Env: ['A=1', 'B=2'], ExposedPorts: { '80/tcp': {}, '53/udp': {} } },
      HostConfig: {
        Binds: ['data:/d:ro'],
        PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }], '53/udp': [{ HostIp: '', HostPort: '' }] },
        NetworkMode: 'shop',
      },
    });
  });

  it('is also a command', () => {
    expect(runCommand(form({ name: 'web', ports: '8080:80', command: `sh -c 'echo it is'` }))).toBe(
      "docker run -d --name web -p 8080:80 nginx sh -c 'echo it is'",
    );
    expect(runCommand(form({ image: ' ' }))).toBe('docker run -d');
  });

  it('takes words as a shell does', () => {
    expect(wordsIn(`a "b c" 'd "e' f\\ g"h"`)).toEqual(['a', 'b c', 'd "e', 'f\\', 'gh']);
  });

  it('pulls a name with its tag', () => {
    expect(pullTarget('localhost:5000/a/b')).toBe('/images/create?fromImage=localhost%3A5000%2Fa%2Fb&tag=latest');
    expect(pullTarget('alpine:3.23')).toBe('/images/create?fromImage=alpine&tag=3.23');
  });
});

it('shows a folder at a time', () => {
  const files = ['/a', '/a/b', '/a/b/c', '/d'].map((path) => ({ path }));
  expect(folderOf(files, '/').map(({ path }) => path)).toEqual(['/a', '/d']);
  expect(folderOf(files, '/a').map(({ path }) => path)).toEqual(['/a/b']);
});

it('speaks both languages to the same length', () => {
  expect(Object.keys(dashboardWords.ko)).toEqual(Object.keys(dashboardWords.en));
});
