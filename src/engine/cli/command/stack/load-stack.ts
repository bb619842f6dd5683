/** A stack's files: Compose's format, but what only a single host can do has no place in it. Upstream: docker/cli cli/command/stack/loader.go. */

import { concat } from '../../client/http.ts';
import { readText } from '../../compose/project/environment.ts';
import { loadProject } from '../../compose/project/load.ts';
import { readYaml } from '../../compose/project/read-yaml.ts';
import type { Project } from '../../compose/project/types.ts';
import { CliError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { absolutePath } from '../../path.ts';
import { decodeText } from '../../text.ts';
import type { Context } from '../command.ts';

/** What the project is called while it is read; what is made of it bears the stack's name. */
export const PROJECT = 'stack';
const VERSION = '3.13';
const KNOWN_VERSION = /^3(\.\d|\.1[0-3])?$/;

export interface StackFiles {
  readonly files: readonly string[];
  readonly interpolate?: boolean;
}

export interface Stack {
  readonly project: Project;
  /** Of the format, as the files name it. */
  readonly version: string;
}

/** Throws CliError. */
export async function loadStack({ io }: Pick<Context, 'io'>, { files, interpolate }: StackFiles): Promise<Stack> {
  if (files.length === 0) throw new CliError('specify a Compose file (with --compose-file)');
  for (const file of files)
    if (file !== '-' && io.files.stat(absolutePath(io.cwd, file)) === null) throw new CliError(`open ${file}: no such file or directory`);
  const stdin = await stdinOf(io, files);
  const version = versionOf(files.map((file) => ({ file, text: file === '-' ? stdin : readText(io, absolutePath(io.cwd, file)) })));
  try {
    const project = loadProject({
      io,
      asked: { files, projectDirectory: '', projectName: PROJECT, envFiles: [], profiles: [] },
      stdin,
      check: false,
      asWritten: true,
      withoutDotenv: true,
      ...(interpolate === undefined ? {} : { interpolate }),
      warn: () => {},
    });
    return { project, version };
  } catch (error) {
    throw error instanceof CliError ? new CliError(inOlderWords(error.message)) : error;
  }
}

async function stdinOf(io: Io, files: readonly string[]): Promise<string> {
  if (!files.includes('-')) return '';
  const pieces: Uint8Array[] = [];
  for (let piece = await io.stdin.read(); piece !== null; piece = await io.stdin.read()) pieces.push(piece);
  return decodeText(concat(pieces));
}

/** Only the third version of the format, and what names none, can be a stack. Throws CliError. */
function versionOf(files: readonly { readonly file: string; readonly text: string }[]): string {
  const named = files
    .flatMap(({ file, text }) => readYaml(text, file))
    .map(({ value }) => value.version)
    .filter((version) => version !== undefined && version !== null)
    .map(String);
  const unknown = named.find((version) => !KNOWN_VERSION.test(version));
  if (unknown !== undefined) throw new CliError(`unsupported Compose file version: ${unknown}`);
  return named.at(-1) ?? VERSION;
}

/** `docker stack` checks files by an older schema than Compose, which says in other words what has no place in it. */
const inOlderWords = (message: string): string =>
  message
    .replace(/^validating \S+: /, '')
    .replace(/^(\S+) additional properties '(.+)' not allowed$/, '$1 Additional property $2 is not allowed');
