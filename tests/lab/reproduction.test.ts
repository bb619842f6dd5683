/** “My Docker differs” gives what was typed and what the reader made, and nothing that every machine has. */
import { expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { reproduction } from '../../src/lab/reproduction.ts';
import { snapshotOf } from '../../src/lab/snapshot.ts';
import { live, SPEC } from './living.ts';

it('is small: the lines with what was typed into them, and the files that are not the book’s own', async () => {
  const one = await live();
  await one.run('echo mine > note');
  await one.run('echo changed > ferry/db/init.sql');
  one.stage.input({ kind: 'type', terminal: 1, text: '\x15cat <<END\r' }, 'cat <<END');
  one.stage.input({ kind: 'type', terminal: 1, text: '\x15within\r' });
  await one.run('END');
  await one.run('docker run --rm alpine echo hi');
  const { lived } = one.stage.history;
  const entries = lived.map((entry) => {
    const { step, ...rest } = entry;
    return step === 'END' ? rest : entry;
  });
  const snapshot = await snapshotOf(one.stage);
  expect(snapshot.files.map(({ path }) => path)).toEqual(['/home/learner/ferry/db/init.sql', '/home/learner/note']);
  const text = await reproduction({ spec: SPEC, entries, terminals: [] }, snapshot, nodeHost);
  expect(text).toContain('-- note --\nmine\n');
  expect(text).toContain('$ cat <<END\n> within\n> END\nwithin\n');
  expect(text).toContain('$ docker run --rm alpine echo hi\nhi\n');
  expect(text).not.toContain('PRIVATE KEY');
});
