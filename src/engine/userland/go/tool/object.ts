/** A built program as a file: an ELF file whose note carries its packages, so that it runs wherever it is copied to. */
import { makeExecutable } from '../../../kernel/elf.ts';
import { gunzip, gzip } from '../../../oci/index.ts';
import { decode, encode } from '../../program-io.ts';
import { compileProgram, type PackageSource, type Program, programOf } from '../compile/program.ts';
import { parseFile } from '../syntax/parse-file.ts';

export const FAMILY = 'go-program';

export interface ObjectPackage {
  readonly path: string;
  readonly directory: string;
  /** Names as traces and messages have them, and sources. */
  readonly files: readonly (readonly [name: string, source: string])[];
}
export interface GoObject {
  /** The main package first. */
  readonly packages: readonly ObjectPackage[];
  /** Values that the linker put into variables. */
  readonly linked: readonly (readonly [string, string])[];
  /** Files that are embedded: directory and pattern, content with a character for each byte. */
  readonly embedded: readonly (readonly [string, string])[];
}

export interface Target {
  readonly os: string;
  readonly architecture: string;
  /** Linked with the C library. */
  readonly dynamic: boolean;
}

const MAGIC: Readonly<Record<string, readonly number[]>> = { windows: [0x4d, 0x5a], darwin: [0xcf, 0xfa, 0xed, 0xfe] };
const LOADERS: Readonly<Record<string, string>> = { amd64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' };

/** The file's bytes: the same program gives the same ones. */
export function writeObject(object: GoObject, { os, architecture, dynamic }: Target): Uint8Array {
  const packed = gzip(encode(JSON.stringify(object)));
  const note = `${FAMILY}:${btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''))}`;
  const loader = dynamic ? LOADERS[architecture] : undefined;
  const bytes = makeExecutable(note, {
    machine: architecture === 'arm64' ? 'arm64' : 'amd64',
    ...(loader === undefined ? {} : { interpreter: loader }),
  });
  const magic = MAGIC[os];
  if (magic) bytes.set(magic);
  return bytes;
}

/** The last programs that were read, so that one that is started again is not compiled again. */
const known = new Map<string, Program>();
const MOST_KNOWN = 8;

/** The program that a note carries; undefined if it is none. */
export function readObject(payload: string): Program | undefined {
  const remembered = known.get(payload);
  if (remembered) return remembered;
  const object = JSON.parse(decode(gunzip(Uint8Array.from(atob(payload), (char) => char.charCodeAt(0))))) as GoObject;
  const program = programOf(compileObject(object)) ?? undefined;
  if (program === undefined) return undefined;
  known.delete([...known.keys()][MOST_KNOWN] ?? '');
  known.set(payload, program);
  return program;
}

const parsed = ({ path, directory, files }: ObjectPackage): PackageSource => ({
  path,
  directory,
  files: files.map(([name, source]) => parseFile(name, source)),
});

export function compileObject({ packages, linked, embedded }: GoObject): ReturnType<typeof compileProgram> {
  const [main, ...rest] = packages;
  if (main === undefined) throw new Error('An object without packages');
  const byPath = new Map(rest.map((one) => [one.path, one]));
  const files = new Map(embedded);
  return compileProgram({
    main: parsed(main),
    find: (path) => {
      const found = byPath.get(path);
      return found ? parsed(found) : `package ${path} is missing`;
    },
    linked: new Map(linked),
    embedded: (directory, pattern) => files.get(`${directory}/${pattern}`),
  });
}
