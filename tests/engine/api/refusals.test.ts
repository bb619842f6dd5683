/** What the Engine says to requests that no client of Docker's sends, each as a real one has answered it. */
import { describe, expect, it } from 'vitest';
import { withEngine } from '../daemon/engine.ts';

const text = (body: string): Uint8Array => new TextEncoder().encode(body);
type Case = readonly [method: string, target: string, body: unknown, status: number, message: string];
const CASES: readonly Case[] = [
  ['GET', '/v9.9/nope', undefined, 404, 'page not found'],
  ['GET', '/containers/json?filters=junk', undefined, 400, 'invalid filter'],
  ['GET', '/containers/json?filters={"status":"running"}', undefined, 400, 'invalid filter'],
  ['GET', '/containers/json?filters={"status":[1]}', undefined, 400, 'invalid filter'],
  ['POST', '/containers/create', undefined, 400, 'invalid JSON: EOF'],
  ['POST', '/containers/create', {}, 400, 'config cannot be empty in order to create a container'],
  ['POST', '/containers/create', { HostConfig: {} }, 400, 'config cannot be empty in order to create a container'],
  ['POST', '/containers/create', text('{"Image":"x"'), 400, 'invalid JSON: unexpected EOF'],
  ['POST', '/containers/create', text('{"Image":"x"}y'), 400, 'unexpected content after JSON'],
  ['POST', '/containers/create', text('{Image}'), 400, "invalid JSON: invalid character 'I' looking for beginning of object key string"],
  [
    ...(['POST', '/containers/create', { Image: 'x', Cmd: 'true' }, 400] as const),
    'invalid JSON: json: cannot unmarshal string into Go struct field CreateRequest.Config.Cmd of type []string',
  ],
  [
    ...(['POST', '/containers/create', { Image: 'x', HostConfig: { Memory: '1m' } }, 400] as const),
    'invalid JSON: json: cannot unmarshal string into Go struct field CreateRequest.HostConfig.Resources.Memory of type int64',
  ],
  ['POST', '/containers/c1/resize', undefined, 400, 'invalid resize height "": invalid syntax'],
  ['POST', '/containers/c1/resize?h=1&w=-1', undefined, 400, 'invalid resize width "-1": value out of range'],
  ['GET', '/containers/c1/logs', undefined, 400, "must specify at least one of 'stdout' or 'stderr'"],
  [
    ...(['GET', '/containers/c1/logs?stdout=1&since=x', undefined, 400] as const),
    'invalid value for "since": invalid timestamp "x": invalid seconds "x": invalid syntax',
  ],
  [
    ...(['GET', '/events?since=1.x', undefined, 400] as const),
    'invalid value for \'since\': invalid timestamp "1.x": invalid nanoseconds "x": invalid syntax',
  ],
  ['POST', '/images/test:1/tag', undefined, 200, ''],
  ['POST', '/images/create', undefined, 500, 'Get "http:": http: no Host in request URL'],
  ['GET', '/images/search?term=x&limit=y', undefined, 400, 'invalid limit specified: strconv.Atoi: parsing "y": invalid syntax'],
  ['POST', '/auth', text('{"username":"u"'), 400, 'invalid X-Registry-Auth header: invalid JSON: unexpected EOF'],
  ['GET', '/networks/bridge?scope=swarm', undefined, 404, 'network bridge not found'],
  [
    ...(['GET', '/networks/bridge?verbose=x', undefined, 400] as const),
    'invalid value for verbose: x: strconv.ParseBool: parsing "x": invalid syntax',
  ],
  [
    ...(['POST', '/networks/create', { Name: 'n1', IPAM: { Config: [{ Subnet: 'bad' }] } }, 400] as const),
    `invalid JSON: netip.ParsePrefix("bad"): no '/'`,
  ],
  [
    ...(['POST', '/networks/create', { Name: 'n1', IPAM: { Config: [{ Subnet: '10.0.0.0/8', Gateway: '10.x' }] } }, 400] as const),
    'invalid JSON: ParseAddr("10.x"): unexpected character (at "x")',
  ],
  ['GET', '/system/df?type=bogus', undefined, 400, 'unknown object type: bogus'],
  ['POST', '/session', undefined, 400, 'no upgrade proto in request'],
  ['POST', '/grpc', undefined, 500, 'no upgrade proto in request'],
];

describe('a request that is wrong', () => {
  it('is refused in the words of the Engine', async () => {
    const seen = await withEngine(async ({ call, create }) => {
      await create({ Cmd: ['true'] }, 'c1');
      const replies: (readonly [string, number, unknown])[] = [];
      for (const [method, target, body] of CASES) {
        const { status, json } = await call(method, target, body);
        replies.push([`${method} ${target}`, status, json.message ?? '']);
      }
      return replies;
    });
    expect(seen).toEqual(CASES.map(([method, target, , status, message]) => [`${method} ${target}`, status, message]));
  });

  it('is led to the path that it meant, and told in plain words if its version is long gone', async () => {
    const [moved, old] = await withEngine(async ({ call }) => [
      await call('GET', '//version'),
      await call('GET', '/v1.10/containers/json'),
    ]);
    expect([moved?.status, old?.status, old?.type]).toEqual([301, 400, 'text/plain; charset=utf-8']);
    expect(old?.text).toBe(
      'client version 1.10 is too old. Minimum supported API version is 1.40, please upgrade your client to a newer version\n',
    );
  });
});
