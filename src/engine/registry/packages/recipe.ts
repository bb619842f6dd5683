/**
 * Packages of the distributions, as tables. A line is a package: its name, its version in each release, the repository, the sizes of the
 * original (archive and unpacked); then what it depends on, its files, and its summary. Of files there are `path=note` (one of our
 * programs), `path>target` (a symbolic link), `path@` (a small file that stands for data) and `pip:folder` (pip for the interpreter beside it).
 * `{a,b}` is another word in each release; servers and interpreters have their own version behind their note.
 */
import { pipFiles } from './python.ts';

export interface PackageFile {
  readonly path: string;
  readonly note?: string;
  readonly target?: string;
  readonly text?: string;
}

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly sizeBytes: number;
  readonly unpackedBytes: number;
  readonly depends: readonly string[];
  readonly files: readonly PackageFile[];
  readonly summary: string;
}

const words = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');

/** Programs that say which version they are. */
const VERSIONED = new Set(words('createdb dropdb httpd nginx node npm npx pg_isready psql redis-benchmark redis-cli redis-server'));
const isVersioned = (note: string): boolean => VERSIONED.has(note) || /^python3\.\d+$/.test(note);
/** Without the epoch, and without what a distribution counts behind it. */
const upstream = (version: string): string => version.replace(/^\d+:/, '').replace(/[-+~].*$/, '');

function filesOf(text: string, { name, version }: { readonly name: string; readonly version: string }): readonly PackageFile[] {
  const installer = name === 'py3-pip' ? 'apk' : version.includes('.el') ? 'rpm' : 'debian';
  if (text.startsWith('pip:')) return pipFiles(text.slice('pip:'.length), { version: upstream(version), installer });
  return [fileOf(text, version)];
}

function fileOf(text: string, version: string): PackageFile {
  const [, path = text, mark, rest = ''] = /^([^=>@]*)([=>@])(.*)$/.exec(text) ?? [];
  if (mark === '=') return { path, note: isVersioned(rest) ? `${rest}:${upstream(version)}` : rest };
  return mark === '>' ? { path, target: rest } : { path };
}

const UNITS: Readonly<Record<string, number>> = { k: 1000, M: 1_000_000 };
const bytes = (text: string | undefined): number => Number.parseFloat(text ?? '0') * (UNITS[text?.at(-1) ?? ''] ?? 1);

/** Reads a table; `release` counts from 0 and chooses among the versions that a comma separates. */
export function packagesOf(table: string, release = 0): readonly Package[] {
  return table
    .split('\n')
    .filter((line) => line.includes('|'))
    .map((line) => line.replace(/\{([^}]*)\}/g, (_, choices: string) => choices.split(',')[release] ?? ''))
    .map((line) => {
      const [head, depends, files, summary = ''] = line.split('|');
      const [name = '', versions = '', repository = '', size, unpacked] = words(head);
      const all = versions.split(',');
      const version = all[release] ?? all[0] ?? '';
      return {
        name,
        version,
        repository,
        sizeBytes: bytes(size),
        unpackedBytes: bytes(unpacked),
        depends: words(depends),
        files: words(files).flatMap((one) => filesOf(one, { name, version })),
        summary: summary.trim(),
      };
    });
}
