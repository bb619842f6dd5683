/** dpkg's files: `/var/lib/dpkg/status` has a paragraph for each package, `info/NAME.list` its files. */
import type { Sys } from '../../../kernel/sys.ts';
import { textOf } from '../../net/text.ts';
import { encode } from '../../program-io.ts';
import { makeFolders } from '../unpack.ts';

/** A paragraph's fields by their names. */
export type Fields = ReadonlyMap<string, string>;

const STATUS = '/var/lib/dpkg/status';
const INFO = '/var/lib/dpkg/info';

export function parseParagraphs(text: string): readonly Fields[] {
  return text
    .split(/\n\n+/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => {
      const fields = new Map<string, string>();
      let last = '';
      for (const line of paragraph.split('\n')) {
        const [, name, value = ''] = /^([A-Za-z0-9-]+):\s*(.*)$/.exec(line) ?? [];
        if (name !== undefined) {
          fields.set(name, value);
          last = name;
        } else if (last !== '') fields.set(last, `${fields.get(last) ?? ''}\n${line}`);
      }
      return fields;
    });
}

export const field = (fields: Fields, name: string): string => fields.get(name) ?? '';

export const readStatus = (sys: Sys): readonly Fields[] => parseParagraphs(textOf(sys, STATUS) ?? '');

export function writeStatus(sys: Sys, packages: readonly Fields[]): void {
  makeFolders(sys, '/var/lib/dpkg');
  const sorted = [...packages].sort((a, b) => (field(a, 'Package') < field(b, 'Package') ? -1 : 1));
  sys.path.writeFile(
    STATUS,
    encode(sorted.map((one) => `${[...one].map(([name, value]) => `${name}: ${value}`).join('\n')}\n`).join('\n')),
  );
}

export const isInstalled = (fields: Fields): boolean => field(fields, 'Status') === 'install ok installed';

export const filesOf = (sys: Sys, name: string): readonly string[] =>
  (textOf(sys, `${INFO}/${name}.list`) ?? '').split('\n').filter((line) => line !== '');

export function writeFiles(sys: Sys, name: string, files: readonly string[]): void {
  makeFolders(sys, INFO);
  sys.path.writeFile(`${INFO}/${name}.list`, encode(['/.', ...files.map((path) => `/${path}`)].map((line) => `${line}\n`).join('')));
}

export function forgetFiles(sys: Sys, name: string): void {
  const path = `${INFO}/${name}.list`;
  if (sys.path.access(path, {})) sys.path.unlink(path);
}

/** How many files and folders the database knows. */
export const knownFiles = (sys: Sys): number =>
  readStatus(sys).reduce((sum, one) => sum + filesOf(sys, field(one, 'Package')).length + 8, 0);

/** Names without versions: `libc6 (>= 2.38), zlib1g | zlib` is libc6 and zlib1g. */
export const dependencies = (text: string): readonly string[] =>
  text
    .split(',')
    .map(
      (part) =>
        part
          .split('|')[0]
          ?.replace(/\(.*\)/, '')
          .replace(/:.*/, '')
          .trim() ?? '',
    )
    .filter((name) => name !== '');
