/** What a page's parts are told of the Engine's events. */
import { expect, it } from 'vitest';
import { watch } from '../../src/components/page/docker.ts';
import type { Lab, LabResponse } from '../../src/lab/lab.ts';

it('what happened before the stream of events was open is asked for once it is', async () => {
  const opened = Promise.withResolvers<LabResponse>();
  const lab = {
    isRunning: true,
    onState: (listener: (state: string) => void) => listener('running'),
    http: () => opened.promise,
  } as unknown as Lab;
  const told: string[] = [];
  watch(lab, (action) => told.push(action));
  expect(told).toEqual(['']);
  const pieces = [new TextEncoder().encode('{"Action":"start"}\n')];
  // The stream stays open.
  const read = (): Promise<Uint8Array | null> => Promise.resolve(pieces.shift() ?? new Promise<null>(() => {}));
  opened.resolve({ status: 200, headers: new Map(), read, cancel: () => {} });
  await expect.poll(() => told).toEqual(['', '', 'start']);
});
