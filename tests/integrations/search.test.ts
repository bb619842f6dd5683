/** A site is not built without its search. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { faultOfIndex, writeIndex } from '../../src/integrations/search.ts';

const LANGUAGES = ['en', 'ko'];
let folder = '';
const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'index-'));
  mkdirSync(path.join(folder, 'fragment'));
  write('pagefind-entry.json', JSON.stringify({ languages: { en: {}, ko: {} } }));
  write('fragment/en_1.pf_fragment', 'x');
});

afterEach(() => rmSync(folder, { recursive: true }));

it('finds nothing wrong with a whole index', () => {
  expect(faultOfIndex(folder, LANGUAGES)).toBe(null);
});

it.each(['pagefind-entry.json', 'fragment/en_1.pf_fragment'])('finds that %s is empty', (file) => {
  write(file, '');
  expect(faultOfIndex(folder, LANGUAGES)).toBe(`${path.join(folder, file)} is empty`);
});

it('finds that the index was never written', () => {
  rmSync(path.join(folder, 'pagefind-entry.json'));
  expect(faultOfIndex(folder, LANGUAGES)).toContain('there is no');
});

it.each(['{"languages":{"en":{}}}', '{"langu'])('finds that a language is missing: %s', (text) => {
  write('pagefind-entry.json', text);
  expect(faultOfIndex(folder, LANGUAGES)).toContain('ko');
});

it('writes a whole index in the place of one that was cut off', async () => {
  const site = mkdtempSync(path.join(tmpdir(), 'site-'));
  const page = (lang: string, text: string): string => `<html lang="${lang}"><body><h1>${text}</h1></body></html>`;
  mkdirSync(path.join(site, 'ko'));
  writeFileSync(path.join(site, 'index.html'), page('en', 'Volumes'));
  writeFileSync(path.join(site, 'ko/index.html'), page('ko', '볼륨'));
  write('pagefind-entry.json', '');
  await writeIndex(site, folder);
  expect(faultOfIndex(folder, LANGUAGES)).toBe(null);
  rmSync(site, { recursive: true });
});
