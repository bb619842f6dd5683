import { expect, it } from 'vitest';
import { withEngine } from './engine.ts';

const filters = (value: object): string => `filters=${encodeURIComponent(JSON.stringify(value))}`;

it('counts the age of an image from when it came here, not from when it was built', async () => {
  const seen = await withEngine(async ({ call, sys }) => {
    const old = filters({ until: ['10s'] });
    const fresh = (await call('GET', `/images/json?${old}`)).text.trim();
    const kept = (await call('POST', `/images/prune?${filters({ until: ['10s'], dangling: ['false'] })}`)).json;
    await sys.sleep(20_000);
    return { fresh, kept: kept.ImagesDeleted, later: JSON.parse((await call('GET', `/images/json?${old}`)).text) as unknown[] };
  });
  expect([seen.fresh, seen.kept, seen.later.length]).toEqual(['[]', null, 1]);
});
