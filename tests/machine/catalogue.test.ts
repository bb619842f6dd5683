import { expect, it } from 'vitest';
import { nodeCatalogue, nodeHost } from '../../src/bin/host.ts';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

it('pulls from a catalogue that is made on the spot where none has been built', async () => {
  const machine = await computer({}, { ...nodeHost, catalogue: nodeCatalogue(['/nonexistent/catalogue']) });
  let text = '';
  await runJob(machine, {
    argv: ['sh', '-c', 'docker run --rm alpine echo hi; docker run --rm debian:99 true || echo refused'],
    onOutput: (stream, bytes) => {
      if (stream === 'stdout') text += new TextDecoder().decode(bytes);
    },
  });
  expect(machine.faults()).toEqual([]);
  expect(text).toBe('hi\nrefused\n');
});
