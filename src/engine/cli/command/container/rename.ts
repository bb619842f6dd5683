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
    if (from.trim() === '' || to.trim() === '') throw new CliError('Error: Neither old nor new names may be empty');
    try {
      await client.containers.rename(from.trim(), to.trim());
    } catch (error) {
      if (error instanceof CliError) throw new CliError(`failed to rename container: ${error.message}`);
      throw error;
    }
  },
});
