/** What other sites load of the book. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { withoutFrames } from '../../src/integrations/embed.ts';

it('is small before a reader presses anything', () => {
  const script = readFileSync(path.join(import.meta.dirname, '../../src/embed/embed.js'));
  expect(gzipSync(script).length).toBeLessThan(12 * 1024);
});

it('leaves the pages that only frames show out of the map of the site', () => {
  const url = (address: string): string => `<url><loc>https://book.example/${address}</loc><x:link href="/"/></url>`;
  expect(withoutFrames(url('embed/') + url('embed/layers/five/') + url('ko/embed/layers/five/') + url('layers/'))).toBe(
    url('embed/') + url('layers/'),
  );
});
