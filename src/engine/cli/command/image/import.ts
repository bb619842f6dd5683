import { list, string } from '../../flags/index.ts';
import { parseReference } from '../../reference.ts';
import { bytesBody, readFile, stdinBody } from '../../stream/files.ts';
import { showProgress } from '../../stream/progress.ts';
import { atLeast, command } from '../command.ts';

export const importImage = command({
  names: ['image import', 'import'],
  summary: 'Import the contents from a tarball to create a filesystem image',
  usage: '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
  args: atLeast(1),
  valueKinds: { platform: 'platforms' },
  flags: {
    change: list('Apply Dockerfile instruction to the created image', { short: 'c' }),
    message: string('Set commit message for imported image', { short: 'm' }),
    platform: string('Set platform if server is multi-platform capable'),
  },
  run: async ({ io, client, args: [source = '', repo = ''], flags, out }) => {
    const remote = /^https?:\/\//.test(source);
    const body = remote ? undefined : source === '-' ? stdinBody(io) : bytesBody(readFile(io, source));
    if (repo !== '') parseReference(repo);
    const answer = await client.images.import({
      source: remote ? source : '-',
      repo,
      message: flags.message,
      changes: flags.change,
      platform: flags.platform,
      ...(body === undefined ? {} : { body }),
    });
    await showProgress(answer, out);
  },
});
