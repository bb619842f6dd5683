import { concat } from '../../client/http.ts';
import { checkContextName, contextExists, type DockerContext, writeContext } from '../../config/context-store.ts';
import { CliError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { readFile } from '../../stream/files.ts';
import { readTar } from '../../tar/tar.ts';
import { decodeText } from '../../text.ts';
import { command, exactly } from '../command.ts';

const TAR_BLOCK_BYTES = 512;

export const importContext = command({
  names: ['context import'],
  summary: 'Import a context from a tar or zip file',
  usage: 'CONTEXT FILE|-',
  args: exactly(2),
  complete: 'files',
  flags: {},
  run: async ({ io, config, args: [name = '', file = ''], out, err }) => {
    checkContextName(name);
    if (contextExists(io, config, name)) throw new CliError(`context ${JSON.stringify(name)} already exists`);
    const bytes = file === '-' ? await readStdin(io) : readFile(io, file);
    if (bytes.length > 0 && bytes.length < TAR_BLOCK_BYTES) throw new CliError('unexpected EOF');
    const meta = readTar(bytes).find((entry) => entry.name === 'meta.json');
    if (meta === undefined) throw new CliError('invalid context: no metadata found');
    writeContext(io, config, { ...(JSON.parse(decodeText(meta.bytes)) as DockerContext), Name: name });
    await out.line(name);
    await err.line(`Successfully imported context ${JSON.stringify(name)}`);
  },
});

async function readStdin(io: Io): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let piece = await io.stdin.read(); piece !== null; piece = await io.stdin.read()) pieces.push(piece);
  return concat(pieces);
}
