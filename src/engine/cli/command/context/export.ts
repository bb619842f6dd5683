import { concat } from '../../client/http.ts';
import { readContext } from '../../config/context-store.ts';
import { CliError } from '../../errors.ts';
import { absolutePath } from '../../path.ts';
import { tarBlocks } from '../../tar/tar.ts';
import { encodeText } from '../../text.ts';
import { between, command } from '../command.ts';

export const exportContext = command({
  names: ['context export'],
  summary: 'Export a context to a tar archive FILE or a tar stream on STDOUT.',
  usage: '[OPTIONS] CONTEXT [FILE|-]',
  args: between(1, 2),
  complete: 'contexts',
  completeMost: 1,
  completeRest: 'files',
  flags: {},
  run: async ({ io, config, args: [name = '', file = `${name}.dockercontext`], out, err }) => {
    const bytes = encodeText(JSON.stringify(readContext(io, config, name)));
    const common = { uid: 0, gid: 0, mtimeSeconds: 0, linkName: '' };
    // Docker closes its pipe before the archive's end is written.
    const tar = concat([
      ...tarBlocks({ ...common, name: 'meta.json', type: 'file', mode: 0o644, bytes }),
      ...tarBlocks({ ...common, name: 'tls', type: 'directory', mode: 0o700, bytes: new Uint8Array() }),
    ]);
    if (file === '-') {
      if (out.isTerminal) throw new CliError('cowardly refusing to export to a terminal, specify a file path');
      return out.stream.write(tar);
    }
    const path = absolutePath(io.cwd, file);
    if (io.files.lstat(path) !== null) throw new CliError(`open ${file}: file exists`);
    io.files.write(path, tar, 0o600);
    return err.line(`Written file ${JSON.stringify(file)}`);
  },
});
