import { describe, expect, it } from 'vitest';
import type { ContainerSummary, Transport } from '../../src/components/page/docker.ts';
import { parseAddress, portOf, shownAddress } from '../../src/components/pane/address.ts';
import { createCookies } from '../../src/components/pane/cookies.ts';
import { selfContained } from '../../src/components/pane/css-urls.ts';
import { browse } from '../../src/components/pane/fetcher.ts';
import { publishedPorts } from '../../src/components/pane/published.ts';
import { failureWords } from '../../src/components/pane/words.ts';

describe('an address', () => {
  it.each([
    ['localhost:8080', 'localhost:8080/', 8080],
    [' :81/x?y#z ', 'localhost:81/x?y#z', 81],
    ['http://127.0.0.1:3000/a b', '127.0.0.1:3000/a%20b', 3000],
    ['localhost', 'localhost/', 80],
  ])('%s is %s', (written, shown, port) => {
    const url = parseAddress(written);
    expect(url && shownAddress(url)).toBe(shown);
    expect(url && portOf(url)).toBe(port);
  });

  it.each(['https://localhost:8080', 'http://example.com', 'file:///etc/passwd', 'javascript://localhost/'])(
    '%s leads to no port of the machine',
    (written) => {
      const url = parseAddress(written);
      expect(url && portOf(url)).toBe(null);
    },
  );
});

describe('a style sheet', () => {
  const loader = {
    sheet: async (address: string) => (address === 'other.css' ? 'b{}' : null),
    data: async (address: string) => (address === 'a.png' ? 'data:image/png;base64,AA==' : null),
  };

  it('carries what it imports and shows', async () => {
    const css = `@import "other.css" print; a{background:url('a.png')} c{background:url(gone.png)} d{fill:url(#e)}`;
    expect(await selfContained(css, loader)).toBe(
      `@media print{b{}} a{background:url("data:image/png;base64,AA==")} c{background:url(gone.png)} d{fill:url(#e)}`,
    );
  });

  it('fetches nothing for a comment', async () => {
    expect(await selfContained('/* @import "other.css"; */a{}', loader)).toBe('a{}');
  });
});

describe('cookies', () => {
  it('are kept by name, sent below their path, and forgotten when they end', () => {
    const cookies = createCookies();
    cookies.take('id=1; Path=/; HttpOnly');
    cookies.take('admin=2; path=/admin');
    expect(cookies.header('/')).toBe('id=1');
    expect(cookies.header('/admin/x')).toBe('id=1; admin=2');
    cookies.take('id=; Max-Age=0');
    expect(cookies.header('/')).toBe(null);
  });
});

describe('a request', () => {
  const visitor = () => ({ agent: 'test', cookies: createCookies() });
  const answering = (answers: Readonly<Record<string, readonly [number, string]>>): { asked: string[]; transport: Transport } => {
    const asked: string[] = [];
    const http: Transport['http'] = async (target, { method = 'GET', port } = {}) => {
      asked.push(`${method} ${port}${target}`);
      const answer = answers[target];
      if (!answer) throw new Error('ECONNREFUSED');
      const [status, location] = answer;
      return { status, headers: new Map(location ? [['location', location]] : []), read: async () => null, cancel: () => {} };
    };
    return { asked, transport: { http } };
  };
  const url = new URL('http://localhost:8080/old');

  it('goes where it is sent, as a GET after a form', async () => {
    const { asked, transport } = answering({ '/old': [303, '/new'], '/new': [200, ''] });
    const got = await browse(transport, visitor(), { url, method: 'POST', body: new Uint8Array([1]) });
    expect(got.url.pathname).toBe('/new');
    expect(asked).toEqual(['POST 8080/old', 'GET 8080/new']);
  });

  it('gives up on a circle', async () => {
    const { transport } = answering({ '/old': [302, '/old'] });
    await expect(browse(transport, visitor(), { url })).rejects.toMatchObject({ code: 'ERR_TOO_MANY_REDIRECTS' });
  });

  it('is refused where nobody listens, and never leaves the machine', async () => {
    const { asked, transport } = answering({});
    await expect(browse(transport, visitor(), { url })).rejects.toMatchObject({ code: 'ERR_CONNECTION_REFUSED' });
    const outside = new URL('http://example.com/');
    await expect(browse(transport, visitor(), { url: outside })).rejects.toMatchObject({ code: 'ERR_NAME_NOT_RESOLVED' });
    expect(asked).toHaveLength(1);
    expect(failureWords('ERR_CONNECTION_REFUSED', 'localhost', 'en')).toBe('localhost refused to connect.');
  });
});

it('a published port is offered once, and only where a browser can speak to it', () => {
  const summary = (Ports: ContainerSummary['Ports']): ContainerSummary => ({
    ...{ Id: '1', Names: ['/a'], Image: 'nginx', Command: '', State: 'running', Status: 'Up', ImageID: '' },
    ...(Ports ? { Ports } : {}),
  });
  const web = { PrivatePort: 80, PublicPort: 8080, Type: 'tcp' };
  const dns = { PrivatePort: 53, PublicPort: 53, Type: 'udp' };
  expect(publishedPorts([summary([web, web, dns]), summary([{ PrivatePort: 443, Type: 'tcp' }]), summary(undefined)])).toEqual([8080]);
});
