/** The house style where it can be counted. Each rule is shown to fail on a bad tree before it is believed about this one. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hostRule, waitRule } from './tidy/bans.ts';
import { explicitExtensions, importRule } from './tidy/imports.ts';
import {
  astroLength,
  fileLength,
  fileNames,
  folderSize,
  functionLength,
  honestNames,
  inheritance,
  onlySome,
  syntax,
  TABLES,
  unfinished,
  workplace,
} from './tidy/style.ts';
import { type Rule, readTree, type Source } from './tidy/tree.ts';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const project = readTree(root, [
  'src',
  'scripts',
  'tests',
  'docs',
  'bench',
  '.github',
  'README.md',
  'CONTRIBUTING.md',
  'astro.config.ts',
  'package.json',
]);

interface Case {
  readonly rule: Rule;
  /** A tree that breaks the rule, file by file: each of them must be found. */
  readonly bad: Readonly<Record<string, string>>;
  /** A tree that looks alike and keeps it. */
  readonly good?: Readonly<Record<string, string>>;
}

const many = (count: number, line: string): string => `${line}\n`.repeat(count);
const folder = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/lab/a${index}.ts`, '']));

const CASES: Readonly<Record<string, Case>> = {
  'rooms import only what the plan allows': {
    rule: importRule,
    bad: {
      'src/engine/kernel/a.ts': "import { x } from '../daemon/x.ts';",
      'src/engine/cli/b.ts': "import type { Daemon } from '../daemon/daemon.ts';",
      'src/engine/http/c.ts': "import { readFile } from 'node:fs';",
      'src/engine/userland/d.ts': "export const load = () => import('../machine/machine.ts');",
      'src/components/e.ts': "import { createKernel } from '../engine/kernel/kernel.ts';",
      'src/engine/oci/f.ts': "export { x } from '../registry/x.ts';",
    },
    good: {
      'src/engine/daemon/a.ts': "import { x } from '../kernel/x.ts';\nimport { y } from './y.ts';",
      'src/lab/b.ts': "import type { Dial } from '../engine/cli/io.ts';",
      'src/bin/c.ts': "import { readFile } from 'node:fs';",
    },
  },
  'imports name the file with its extension': {
    rule: explicitExtensions,
    bad: { 'src/lab/a.ts': "import { x } from './x';" },
    good: { 'src/lab/a.ts': "import { x } from './x.ts';\nimport y from 'fflate';" },
  },
  'the engine does not touch the host': {
    rule: hostRule,
    bad: {
      'src/engine/a.ts': 'setTimeout(() => {}, 1);',
      'src/engine/b.ts': 'export const now = () => Date.now();',
      'src/engine/c.ts': 'export const sorted = (a: string, b: string) => a.localeCompare(b);',
      'src/engine/d.ts': 'export const both = (a: Promise<void>) => Promise.all([a]);',
      'src/engine/e.ts': 'export const home = process.env.HOME;',
      'src/engine/f.ts': 'export const copy = structuredClone({});',
      'src/engine/g.ts': 'export const today = new Date();',
      'src/engine/h.ts': "export const get = () => fetch('/');",
      'src/engine/i.ts': 'export const chance = Math.random();',
      'src/engine/j.ts': "export const bytes = Buffer.from('');",
      'src/engine/k.ts': "export const f = new Intl.NumberFormat('en');",
    },
    good: {
      'src/engine/a.ts':
        'export const name = (process: { pid: number; fetch: string }) => [process.pid, process.fetch, new Date(0).toISOString()];',
      'src/lab/b.ts': 'setTimeout(() => {}, 1);',
    },
  },
  'programs make no promises of their own': {
    rule: waitRule,
    bad: {
      'src/engine/userland/a.ts': 'export const wait = () => new Promise((resolve) => resolve(1));',
      'src/engine/daemon/b.ts': 'const p = new Promise<void>(() => {});',
    },
    good: { 'src/engine/kernel/c.ts': 'export const wait = () => new Promise((resolve) => resolve(1));' },
  },
  'files are short': { rule: fileLength, bad: { 'src/lab/a.ts': many(401, '//') }, good: { 'src/lab/a.ts': many(400, '//') } },
  'components are shorter': {
    rule: astroLength,
    bad: { 'src/components/A.astro': many(61, '<p />') },
    good: { 'src/components/A.astro': many(60, '<p />') },
  },
  'functions are short': {
    rule: functionLength,
    bad: { 'src/lab/a.ts': `function f() {\n${many(70, 'f();')}}\n` },
    good: { 'src/lab/a.ts': `function f() {\n${many(68, 'f();')}}\n` },
  },
  'folders are small': { rule: folderSize, bad: folder(41), good: folder(40) },
  'files have names that say something': {
    rule: fileNames,
    bad: { 'src/lab/camelCase.ts': '', 'src/lab/utils.ts': '', 'src/helpers/a.ts': '' },
    good: { 'src/lab/kebab-case.ts': '', 'src/components/Example.astro': '' },
  },
  'types are kept, and can be stripped': {
    rule: syntax,
    bad: {
      'src/lab/a.ts': 'export const x: any = 1;',
      'src/lab/b.ts': 'export const y = x!;',
      'src/lab/c.ts': 'enum E {}',
      'src/lab/f.ts': 'namespace N { export const x = 1; }',
      'src/lab/d.ts': 'export default 1;',
      'src/lab/e.ts': 'export default function f() {}',
    },
    good: {
      'src/lab/a.ts':
        'declare global { interface Window { readonly x: unknown } }\nexport const x: unknown = !1;\nswitch (x) { default: break; }',
    },
  },
  'only errors inherit': {
    rule: inheritance,
    bad: { 'src/lab/a.ts': 'class A extends B {}' },
    good: { 'src/lab/a.ts': 'class A extends Error {}\ninterface C extends D {}' },
  },
  'nothing in the engine pretends': {
    rule: honestNames,
    bad: { 'src/engine/a.ts': 'const fakeSocket = 1;', 'src/engine/mock-clock.ts': '' },
    good: { 'src/engine/a.ts': 'const simple = 1;' },
  },
  'nothing is left for later': {
    rule: unfinished,
    bad: { 'src/a.ts': `// ${'TO'}${'DO'}: this` },
    good: { 'src/a.ts': '// todos are a list' },
  },
  'the project speaks of itself alone': {
    rule: workplace,
    bad: { 'docs/a.md': `see iss${'ue 12'}`, 'src/b.ts': `// as in ../sha${'red/x'}` },
    good: { 'docs/a.md': 'An issue tracker.' },
  },
  'no test is left out': {
    rule: onlySome,
    bad: { 'tests/a.test.ts': `it.${'only'}('x', () => {});` },
    good: { 'tests/a.test.ts': "it('x', () => {});" },
  },
};

const sources = (files: Readonly<Record<string, string>>): readonly Source[] =>
  Object.entries(files).map(([file, text]) => ({ path: file, text }));

describe.each(Object.entries(CASES))('%s', (_, { rule, bad, good = {} }) => {
  it('finds what is wrong', () => {
    const found = new Set(rule(sources(bad)).map(({ path: file }) => file));
    const expected = Object.keys(bad);
    if (rule === folderSize) expect([...found]).toEqual(['src/lab']);
    else expect([...found].sort()).toEqual(expected.sort());
  });

  it('leaves alone what is right', () => {
    expect(rule(sources(good))).toEqual([]);
  });

  it('holds here', () => {
    expect(rule(project).map(({ path: file, line, says }) => `${file}:${line}: ${says}`)).toEqual([]);
  });
});

it('excuses only tables that are there and need it', () => {
  const long = project.filter(({ path: file, text }) => TABLES.includes(file) && text.split('\n').length > 400);
  expect(long.map(({ path: file }) => file)).toEqual([...TABLES].sort());
});
