import { CliError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { readFile } from '../../stream/files.ts';
import { decodeText } from '../../text.ts';

/** The lines of `--env-file` and `--label-file`; `flag` stands before what is wrong. Throws CliError. Upstream: docker/cli pkg/kvfile. */
export function readPairs(io: Io, path: string, flag: string): readonly string[] {
  const fail = (message: string) => new CliError(`${flag}invalid env file (${path}): ${message}`);
  return readText(io, path, { flag, fail })
    .split(/\r?\n/)
    .flatMap((raw) => {
      const line = raw.replace(/^[ \t\v\f]+/, '');
      if (line === '' || line.startsWith('#')) return [];
      const at = line.indexOf('=');
      const name = at < 0 ? line.trim() : line.slice(0, at);
      if (name === '') throw fail(`no variable name on line '${line}'`);
      if (/\s/.test(name)) throw fail(`variable '${name}' contains whitespaces`);
      return [at < 0 ? name : `${name}=${line.slice(at + 1)}`];
    });
}

function readText(io: Io, path: string, { flag, fail }: { flag: string; fail: (message: string) => CliError }): string {
  try {
    return decodeText(readFile(io, path));
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    // A directory is opened, and cannot be read.
    throw error.message.startsWith('read ') ? fail(error.message) : new CliError(`${flag}${error.message}`);
  }
}
