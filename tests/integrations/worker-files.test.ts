import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { workerFiles } from '../../src/integrations/worker-files.ts';

const LIST = 'src/engine/machine/first-code.ts';

it('puts all that is asked for at once into the files that are asked for at once', () => {
  const asked = [...readFileSync(LIST, 'utf8').matchAll(/import\('([^']+)'\)/g)].map(
    ([, file = '']) => `/${path.join(path.dirname(LIST), file)}`,
  );
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((file) => !workerFiles.some(({ test }) => test.test(file)))).toEqual([]);
});
