/** The variables that a project sees: those of the client's environment, over those of its `.env` files. */

import { errorCode, systemError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { absolutePath, joinPath } from '../../path.ts';
import { decodeText } from '../../text.ts';
import { readDotenv } from './dotenv.ts';
import { ProjectError } from './errors.ts';

export interface Warnings {
  warn(message: string): void;
}
export const unset = (name: string): string => `The ${JSON.stringify(name)} variable is not set. Defaulting to a blank string.`;

/** How often Compose reads each file of variables before it reads the project: each time it warns anew. */
const READS = 4;

export interface EnvFiles {
  /** Files that were named; without any, `.env` of the directory is read if it is there. */
  readonly named: readonly string[];
  readonly directory: string;
}

/** Reads the files; later ones win, the client's own environment wins over all. */
export function projectEnvironment(io: Io, { named, directory }: EnvFiles, warnings: Warnings): ReadonlyMap<string, string> {
  const paths = named.length > 0 ? named.map((path) => absolutePath(io.cwd, path)) : [joinPath(directory, '.env')];
  const found = new Map<string, string>();
  for (const path of paths) {
    if (named.length === 0 && io.files.stat(path)?.type !== 'file') continue;
    readEnvFile(io, path, { found, warnings });
  }
  return new Map([...found, ...io.env]);
}

function readEnvFile(io: Io, path: string, { found, warnings }: { found: Map<string, string>; warnings: Warnings }): void {
  const text = textOfFile(io, path);
  const missing: string[] = [];
  const lookup = (name: string) => io.env.get(name) ?? found.get(name);
  readDotenv(text, path, { lookup, unset: (name) => missing.push(name) }, found);
  for (let i = 0; i < READS; i++) for (const name of missing) warnings.warn(unset(name));
}

function textOfFile(io: Io, path: string): string {
  if (io.files.stat(path) === null) throw new ProjectError(`couldn't find env file: ${path}`);
  return readText(io, path);
}

/** A file's text; an error names it as it is `shown`. Throws ProjectError in Go's words. */
export function readText(io: Io, path: string, shown = path): string {
  try {
    return decodeText(io.files.read(path));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new ProjectError(`${errorCode(error) === 'EISDIR' ? 'read' : 'open'} ${shown}: ${systemError(error)}`);
  }
}
