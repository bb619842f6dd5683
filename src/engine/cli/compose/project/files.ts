/** Which files a project is read from. Upstream: compose-go cli/options.go. */
import type { Io } from '../../io.ts';
import { absolutePath, baseName, dirName, joinPath } from '../../path.ts';
import { noFile, ProjectError } from './errors.ts';

const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDES = ['compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml', 'docker-compose.override.yaml'];
export const STDIN = '-';

export interface Asked {
  /** `--file`, as given. */
  readonly files: readonly string[];
  readonly projectDirectory: string;
  readonly projectName: string;
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
}

/** The directory that `.env` is looked for in before the files are known. */
export function firstDirectory(io: Io, asked: Asked): string {
  if (asked.projectDirectory !== '') return absolutePath(io.cwd, asked.projectDirectory);
  const [first] = asked.files;
  if (first !== undefined && first !== STDIN) return dirName(absolutePath(io.cwd, first));
  return findUpwards(io, io.cwd)?.directory ?? io.cwd;
}

export interface Found {
  readonly files: readonly string[];
  readonly directory: string;
}

/** The files, absolute, and the project's directory. Throws ProjectError if there are none. */
export function findFiles(io: Io, asked: Asked, environment: ReadonlyMap<string, string>): Found {
  const own = asked.projectDirectory === '' ? undefined : absolutePath(io.cwd, asked.projectDirectory);
  const separator = environment.get('COMPOSE_PATH_SEPARATOR') ?? ':';
  const fromEnv = (environment.get('COMPOSE_FILE') ?? '').split(separator).filter((file) => file !== '');
  const named = asked.files.length > 0 ? asked.files : fromEnv;
  if (named.length > 0) {
    const files = named.map((file) => (file === STDIN ? STDIN : absolutePath(io.cwd, file)));
    const missing = asked.files.length > 0 ? undefined : files.find((file) => file !== STDIN && io.files.stat(file) === null);
    if (missing !== undefined) throw new ProjectError(`stat ${missing}: no such file or directory`);
    const [first = ''] = files;
    return { files, directory: own ?? (first === STDIN ? io.cwd : dirName(first)) };
  }
  const found = findUpwards(io, own ?? io.cwd);
  if (found === undefined) throw noFile();
  return { files: found.files, directory: own ?? found.directory };
}

function findUpwards(io: Io, from: string): Found | undefined {
  for (let directory = from; ; directory = dirName(directory)) {
    const first = (names: readonly string[]) => names.map((name) => joinPath(directory, name)).find((path) => io.files.stat(path) !== null);
    const file = first(NAMES);
    const override = first(OVERRIDES);
    if (file !== undefined) return { files: override === undefined ? [file] : [file, override], directory };
    if (directory === '/') return undefined;
  }
}

const VALID = /^[a-z0-9][a-z0-9_-]*$/;

/** The name that was asked for, or undefined. Throws ProjectError if it cannot be one. */
export function askedName(asked: Asked, environment: ReadonlyMap<string, string>): string | undefined {
  const name = asked.projectName || (environment.get('COMPOSE_PROJECT_NAME') ?? '');
  if (name === '') return undefined;
  if (!VALID.test(name)) throw invalidName(name);
  return name;
}

function invalidName(name: string): ProjectError {
  const rule = 'must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number';
  return new ProjectError(`invalid project name ${JSON.stringify(name)}: ${rule}`);
}

/** A name made into a project's: what cannot stand in one is left out. */
export const normalName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[_-]+/, '');
export const nameOfDirectory = (directory: string): string => normalName(baseName(directory));
