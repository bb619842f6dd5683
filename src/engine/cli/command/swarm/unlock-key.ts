import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { command, noArgs } from '../command.ts';
import { showUnlockKey } from './join-command.ts';

export const unlockKey = command({
  names: ['swarm unlock-key'],
  summary: 'Manage the unlock key',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    quiet: bool('Only display token', { short: 'q' }),
    rotate: bool('Rotate unlock key'),
  },
  run: async (context) => {
    const { client, flags, out } = context;
    const swarm = swarmClient(client.http);
    if (flags.rotate) {
      const { Version, Spec } = await swarm.inspect();
      if (!Spec.EncryptionConfig.AutoLockManagers) throw new CliError('cannot rotate because autolock is not turned on');
      await swarm.update(Version.Index, Spec, { unlockKey: true });
      if (!flags.quiet) await out.line('Successfully rotated manager unlock key.');
    }
    const { UnlockKey } = await swarm.unlockKey();
    if (UnlockKey === '') throw new CliError('no unlock key is set');
    if (flags.quiet) await out.line(UnlockKey);
    else await showUnlockKey(context, UnlockKey);
  },
});
