import { expect, it } from 'vitest';
import { durationText, inWords, type TracedRequest, traceRows } from '../../src/components/api-trace/view-model.ts';
import { PAGE_AGENT } from '../../src/lab/protocol.ts';

const request = (more: Partial<TracedRequest>): TracedRequest => ({
  id: 1,
  method: 'GET',
  path: '/v1.55/containers/json',
  agent: 'Docker-Client/29.7.2 (linux)',
  status: 200,
  startNs: '0',
  endNs: '1000000',
  requestBody: '',
  responseBody: '[]',
  ...more,
});

it('leaves out what the page asked for itself', () => {
  const rows = traceRows([request({ id: 1, agent: PAGE_AGENT }), request({ id: 2 }), request({ id: 3, agent: 'curl/8.14.1' })], 8);
  expect(rows.map(({ id, agent }) => [id, agent])).toEqual([
    [2, 'Docker-Client'],
    [3, 'curl'],
  ]);
});

it('shows the last ones, oldest first', () => {
  expect(
    traceRows(
      [1, 2, 3].map((id) => request({ id })),
      2,
    ).map(({ id }) => id),
  ).toEqual([2, 3]);
});

it('places each bar in the time that all of them took', () => {
  const rows = traceRows(
    [request({ id: 1, startNs: '0', endNs: '250000000' }), request({ id: 2, startNs: '500000000', endNs: '1000000000' })],
    8,
  );
  expect(rows.map(({ fromPercent, lengthPercent }) => [fromPercent, lengthPercent])).toEqual([
    [0, 25],
    [50, 50],
  ]);
});

it('marks refusals, and what is not answered yet', () => {
  const [refused, open] = traceRows([request({ status: 404 }), request({ id: 2, status: null, endNs: null })], 8);
  expect(refused).toMatchObject({ status: '404', failed: true });
  expect(open).toMatchObject({ status: '…', failed: false, durationMs: 0 });
});

it('offers the same request for curl, quoted for a shell', () => {
  const curl = (more: Partial<TracedRequest>) => traceRows([request(more)], 1)[0]?.curl;
  expect(curl({})).toBe("curl --unix-socket /var/run/docker.sock 'http://localhost/v1.55/containers/json'");
  expect(curl({ method: 'DELETE', path: '/v1.55/containers/a' })).toBe(
    "curl --unix-socket /var/run/docker.sock -X DELETE 'http://localhost/v1.55/containers/a'",
  );
  expect(curl({ method: 'POST', path: '/x', requestBody: `{"Cmd":["it's"]}` })).toContain(`-d '{"Cmd":["it'\\''s"]}'`);
  expect(curl({ method: 'HEAD', path: '/_ping' })).toContain(' -I ');
});

it('reads as a sentence, with a time as short as it can be', () => {
  const [row] = traceRows([request({})], 1);
  expect(row && inWords(row)).toBe('Docker-Client: GET /containers/json → 200, 1.0 ms');
  expect([0.001, 0.25, 12.3, 1500].map(durationText)).toEqual(['< 0.1 ms', '0.3 ms', '12 ms', '1.5 s']);
});

it('shortens ids as docker ps does', () => {
  const [row] = traceRows([request({ path: `/v1.55/containers/${'0123456789ab'.padEnd(64, 'f')}/start` })], 1);
  expect(row?.path).toBe('/containers/0123456789ab…/start');
});
