import { alignTabs } from '../../formatter/tabs.ts';
import { atLeast, command } from '../command.ts';

export const top = command({
  names: ['container top', 'top'],
  summary: 'Display the running processes of a container',
  usage: 'CONTAINER [ps OPTIONS]',
  args: atLeast(1),
  complete: 'running-containers',
  interspersed: false,
  flags: {},
  run: async ({ client, args: [name = '', ...rest], out }) => {
    const { Titles, Processes } = await client.containers.top(name, rest);
    const rows = [Titles, ...Processes].map((row) => `${row.join('\t')}\n`).join('');
    await out.text(alignTabs(rows, { minWidth: 20, padding: 3 }));
  },
});
