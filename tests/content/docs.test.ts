/** The documentation says what is there, and everything that is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOMS } from '../tidy/imports.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const packages = JSON.parse(read('package.json')) as Readonly<
  Record<'dependencies' | 'devDependencies' | 'optionalDependencies' | 'scripts', Readonly<Record<string, string>>>
>;

it('gives a reason for each dependency, and for no other', () => {
  const named = [...read('docs/dependencies.md').matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  expect(named.sort()).toEqual(
    Object.keys({ ...packages.dependencies, ...packages.devDependencies, ...packages.optionalDependencies }).sort(),
  );
});

it('has every room on the map', () => {
  const map = read('docs/architecture.md');
  const rooms = [
    ...readdirSync(path.join(root, 'src/engine')).map((name) => `engine/${name}`),
    ...readdirSync(path.join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'engine')
      .map(({ name }) => name),
  ];
  for (const room of rooms) expect(Object.keys(ROOMS), room).toContain(room === 'styles' ? 'components' : room);
  for (const room of Object.keys(ROOMS)) expect(map).toContain(`src/${room}`);
});

describe.each(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/dependencies.md'])('%s', (file) => {
  const text = read(file);

  it('names files that are there', () => {
    const named = [...text.matchAll(/`((?:src|tests|docs|scripts)\/[\w./-]+)`/g)].map(([, name = '']) => name);
    const linked = [...text.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, name = '']) => path.posix.join(path.posix.dirname(file), name));
    for (const name of [...named, ...linked]) expect(existsSync(path.join(root, name)), name).toBe(true);
  });

  it('names scripts that can be run', () => {
    for (const [, script = ''] of text.matchAll(/npm (?:run )?(start|test|dev|build|bench|check|test:\w+)\b/g))
      expect(packages.scripts).toHaveProperty([script]);
  });
});

it('lists the subcommands of drydock', () => {
  const names = [...read('src/bin/drydock.ts').matchAll(/^ {2}(\w+): \{ summary/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(read('README.md')).toMatch(new RegExp(`npx drydock ${name}\\b`));
});
