import { expect, it } from 'vitest';
import { run } from './machine.ts';

it('says what ends it where the errors of the compound command go', async () => {
  expect(await run('{ echo ${x?is missing}; } 2>/dev/null; echo never', { dialect: 'ash' })).toMatchObject({ out: '', err: '' });
});
