import { bool, string, strings } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { deployStack } from './deploy-stack.ts';

export const deploy = command({
  names: ['stack deploy', 'stack up'],
  summary: 'Deploy a new stack or update an existing stack',
  usage: '[OPTIONS] STACK',
  args: exactly(1),
  flags: {
    'compose-file': strings('Path to a Compose file, or "-" to read from stdin', { short: 'c' }),
    detach: bool('Exit immediately instead of waiting for the stack services to converge', { short: 'd', initial: true }),
    prune: bool('Prune services that are no longer referenced'),
    quiet: bool('Suppress progress output', { short: 'q' }),
    'resolve-image': string('Query the registry to resolve image digest and supported platforms ("always", "changed", "never")', {
      initial: 'always',
    }),
    'with-registry-auth': bool('Send registry authentication details to Swarm agents'),
  },
  run: (context) => deployStack(context, context.flags),
});
