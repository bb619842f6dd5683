import type { Volume } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import { command, exactly } from '../command.ts';

export const update = command({
  names: ['volume update'],
  summary: 'Update a volume (cluster volumes only)',
  usage: '[OPTIONS] [VOLUME]',
  args: exactly(1),
  complete: 'volumes',
  flags: {},
  run: async ({ client, args: [name = ''] }) => {
    const volume = JSON.parse(new TextDecoder().decode(await client.volumes.inspectRaw(name))) as Volume;
    throw new CliError(volume.Driver === 'local' ? 'can only update cluster volumes' : `volumes of ${volume.Driver} cannot be updated`);
  },
});
