import { describe, expect, it } from 'vitest';
import { npmHandler } from '../../../../src/engine/registry/npm/handler.ts';
import { single } from '../../../../src/engine/registry/npm/package.ts';
import { countText, findingsOf } from '../../../../src/engine/userland/node/npm/audit.ts';
import type { Advisory } from '../../../../src/engine/userland/node/npm/client.ts';

const advisory = (severity: Advisory['severity'], vulnerable_versions: string): Advisory => ({
  id: 1,
  url: 'https://example.com/advisory',
  title: 'Something leaks',
  severity,
  vulnerable_versions,
});

const KNOWN = {
  leaky: [advisory('high', '<1.2.0'), advisory('low', '>=1.0.0 <1.0.5')],
  loud: [advisory('high', '*')],
};
const client = { advisories: async () => KNOWN };

async function said(installed: Readonly<Record<string, string>>): Promise<string> {
  const list = Object.entries(installed).map(([name, version]) => ({ name, version }));
  return countText((await findingsOf(client, list)) ?? []);
}

describe('npm audit', () => {
  it('counts what the registry knows against the versions that are installed', async () => {
    expect(await said({ leaky: '1.2.0', plain: '1.0.0' })).toBe('found 0 vulnerabilities');
    expect(await said({ leaky: '1.1.0' })).toBe('1 high severity vulnerability');
    expect(await said({ leaky: '1.1.0', loud: '3.0.0' })).toBe('2 high severity vulnerabilities');
    expect(await said({ leaky: '1.0.1', loud: '3.0.0' })).toBe('3 vulnerabilities (1 low, 2 high)');
  });

  it('says nothing where the registry has no such answers', async () => {
    expect(await findingsOf({ advisories: async () => null }, [{ name: 'leaky', version: '1.0.0' }])).toBeNull();
  });
});

describe('the registry', () => {
  const handler = npmHandler([
    { ...single('leaky', 'leaks', '1.0.0', ''), advisories: KNOWN.leaky },
    single('plain', 'does not', '1.0.0', ''),
  ]);
  const post = async (path: string, text: string) => {
    const pieces: (Uint8Array | null)[] = [new TextEncoder().encode(text), null];
    const answer = await handler({
      ...{ method: 'POST', path, target: path, headers: new Map(), query: new URLSearchParams() },
      readBody: async () => pieces.shift() ?? null,
    } as unknown as Parameters<typeof handler>[0]);
    return { status: answer.status, text: new TextDecoder().decode(answer.body as Uint8Array) };
  };
  const BULK = '/-/npm/v1/security/advisories/bulk';

  it('tells the advisories of the packages that are asked about', async () => {
    expect(await post(BULK, '{"leaky":["1.0.0"],"plain":["1.0.0"],"none":["1.0.0"]}')).toEqual({
      status: 200,
      text: JSON.stringify({ leaky: KNOWN.leaky }),
    });
    expect(await post(BULK, '{"leaky"')).toMatchObject({ status: 400 });
    expect(await post('/elsewhere', '{}')).toMatchObject({ status: 404 });
  });
});
