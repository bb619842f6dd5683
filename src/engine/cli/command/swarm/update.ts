import { swarmClient } from '../../client/swarm.ts';
import { bool } from '../../flags/index.ts';
import { loadCode } from '../../io.ts';
import { command, noArgs } from '../command.ts';
import { showUnlockKey } from './join-command.ts';
import { mergedSpec, SWARM_FLAGS } from './spec.ts';

export const update = command({
  names: ['swarm update'],
  summary: 'Update the swarm',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    autolock: bool('Change manager autolocking setting (true|false)'),
    ...SWARM_FLAGS,
  },
  run: async (context) => {
    const { io, client, flags, changed, out } = context;
    if (changed.size === 0) {
      const { columnsOf, commandHelp } = await loadCode(io, () => import('../help.ts'));
      await out.text(commandHelp(update, { path: 'swarm update', columns: columnsOf(io) }));
      return;
    }
    const swarm = swarmClient(client.http);
    const { Version, Spec } = await swarm.inspect();
    const wanted = mergedSpec(Spec, flags, changed);
    await swarm.update(Version.Index, wanted);
    await out.line('Swarm updated.');
    if (!wanted.EncryptionConfig.AutoLockManagers || Spec.EncryptionConfig.AutoLockManagers) return;
    await showUnlockKey(context, (await swarm.unlockKey()).UnlockKey);
  },
});
