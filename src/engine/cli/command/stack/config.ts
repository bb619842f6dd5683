import { bool, strings } from '../../flags/index.ts';
import { command, noArgs } from '../command.ts';
import { showStackConfig } from './show-config.ts';

export const config = command({
  names: ['stack config'],
  summary: 'Outputs the final config file, after doing merges and interpolations',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    'compose-file': strings('Path to a Compose file, or "-" to read from stdin', { short: 'c' }),
    'skip-interpolation': bool('Skip interpolation and output only merged config'),
  },
  run: (context) => showStackConfig(context, context.flags),
});
