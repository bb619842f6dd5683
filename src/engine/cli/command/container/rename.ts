import { CliError } from '../../errors.ts';
import { command, exactly } from '../command.ts';

export const rename = command({
  names: ['container rename', 'rename'],
  summary: 'Rename a container',
  usage: 'CONTAINER NEW_NAME',
  args: exactly(2),
  complete: 'containers',
  flags: {},
  run: async ({ client, args: [from = '', to = ''] }) => {
    try {
      if (to === '') throw new CliError('new name cannot be blank');
      await client.containers.rename(from, to);
    } catch (error) {
      if (error instanceof CliError) throw new CliError(`failed to rename container: ${error.message}`);
      throw error;
    }
  },
});
