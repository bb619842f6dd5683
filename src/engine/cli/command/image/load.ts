import { API_VERSION } from '../../../api-types/index.ts';
import { header } from '../../../http/index.ts';
import { readBody } from '../../client/read-body.ts';
import { CliError } from '../../errors.ts';
import { bool, string, strings } from '../../flags/index.ts';
import type { Io } from '../../io.ts';
import { absolutePath } from '../../path.ts';
import { bytesBody, readFile, stdinBody } from '../../stream/files.ts';
import { showProgress } from '../../stream/progress.ts';
import { command, noArgs } from '../command.ts';

export const load = command({
  names: ['image load', 'load'],
  summary: 'Load an image from a tar archive or STDIN',
  usage: '[OPTIONS]',
  args: noArgs,
  complete: 'nothing',
  valueKinds: { platform: 'platforms' },
  flags: {
    input: string('Read from tar archive file, instead of STDIN', { short: 'i' }),
    platform: strings(
      'Load only the given platform(s). Formatted as a comma-separated list of "os[/arch[/variant]]" (e.g., "linux/amd64,linux/arm64/v8").',
    ),
    quiet: bool('Suppress the load output', { short: 'q' }),
  },
  run: async ({ io, client, flags, out }) => {
    if (flags.input === '' && io.stdin.isTerminal) throw new CliError('requested load from stdin, but stdin is empty');
    const body = flags.input === '' ? stdinBody(io) : bytesBody(readInput(io, flags.input));
    const answer = await client.images.load(body, { quiet: flags.quiet || !out.isTerminal, platforms: flags.platform });
    if (header(answer.headers, 'content-type')?.startsWith('application/json') === true) return showProgress(answer, out);
    await out.stream.write(await readBody(answer));
  },
});

/** A directory opens like a file, and only its reading fails. */
function readInput(io: Io, path: string): Uint8Array {
  if (io.files.stat(absolutePath(io.cwd, path))?.type === 'directory')
    throw new CliError(
      `error during connect: Post "http://%2Fvar%2Frun%2Fdocker.sock/v${API_VERSION}/images/load?quiet=1": read ${path}: is a directory`,
    );
  return readFile(io, path);
}
