import { describe, expect, it } from 'vitest';
import { createTrace } from '../../../src/engine/api/trace.ts';
import type { HttpRequest, HttpResponse } from '../../../src/engine/http/types.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function request(target: string, { agent = 'curl/8', body = '' } = {}): HttpRequest {
  const pieces: (Uint8Array | null)[] = [encode(body), null];
  const [path = '', query = ''] = target.split('?');
  return {
    ...{ method: 'POST', target, path, query: new URLSearchParams(query), headers: new Map([['user-agent', [agent]]]) },
    readBody: async () => pieces.shift() ?? null,
  };
}

function traced() {
  let now = 100n;
  const trace = createTrace({ nowNs: () => now++, begin: () => 7 });
  const ask = (asked: HttpRequest, answer: HttpResponse) =>
    trace.record(async (got) => {
      while ((await got.readBody()) !== null);
      return answer;
    })(asked);
  return { trace, ask };
}

describe('the trace of requests', () => {
  it('tells request, answer and instants', async () => {
    const { trace, ask } = traced();
    await ask(request('/v1.55/containers/create?name=web', { body: '{"Image":"nginx"}' }), { status: 201, body: encode('{"Id":"1"}') });
    expect(trace.requests).toEqual([
      {
        ...{ id: 1, method: 'POST', path: '/v1.55/containers/create?name=web', agent: 'curl/8', status: 201 },
        ...{ startNs: '100', endNs: '101', requestBody: '{"Image":"nginx"}', responseBody: '{"Id":"1"}', span: 7 },
      },
    ]);
  });

  it('says when a stream has ended, and not what it said', async () => {
    const { trace, ask } = traced();
    const answer = await ask(request('/events'), { status: 200, body: (write) => write(encode('much')) });
    expect(trace.requests[0]).toMatchObject({ status: 200, endNs: null });
    if (typeof answer.body === 'function') await answer.body(async () => {});
    expect(trace.requests[0]).toMatchObject({ endNs: '101', responseBody: '' });
  });

  it('leaves out the page, itself, and passwords; and forgets what is long ago', async () => {
    const { trace, ask } = traced();
    await ask(request('/info', { agent: 'drydock-page' }), { status: 200 });
    await ask(request('/drydock/requests'), { status: 200 });
    expect(trace.requests).toEqual([]);
    await ask(request('/v1.55/auth', { body: 'secret' }), { status: 200 });
    expect(JSON.stringify(trace.requests)).not.toContain('secret');
    for (let i = 0; i < 300; i += 1) await ask(request('/info'), { status: 200 });
    expect(trace.requests).toHaveLength(200);
    expect(trace.requests.at(-1)?.id).toBe(301);
  });
});
