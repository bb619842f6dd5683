import { CliError, ConnectionError, DaemonError } from '../../errors.ts';

const FAILED = 125;
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/** What `run` and `create` fail with: the message between their name and a hint, and the one place that chooses 125, 126 and 127: 125 for
 * what is wrong with the command line. */
export function runError(error: unknown, path: string, { isBegun = true } = {}): unknown {
  // Whether an engine is there is asked before the command is begun.
  if (!(error instanceof CliError) || error instanceof ConnectionError) return error;
  return new CliError(
    `docker: ${error.message}\n\nRun '${path} --help' for more information`,
    isBegun ? statusOf(error instanceof DaemonError ? error.reason : error.message) : FAILED,
  );
}

function statusOf(message: string): number {
  if (/executable file not found|no such file or directory|system cannot find the file specified/.test(message)) return NOT_FOUND;
  return /permission denied|is a directory/.test(message) && message.includes('OCI runtime') ? NOT_EXECUTABLE : FAILED;
}
