import { atMost, command } from '../command.ts';
import { serverName } from './registry-server.ts';

export const logout = command({
  names: ['logout'],
  summary: 'Log out from a registry',
  description: 'Log out from a registry.\nIf no server is specified, the default is defined by the daemon.',
  usage: '[SERVER]',
  args: atMost(1),
  flags: {},
  run: async ({ config, args: [server = ''], out }) => {
    const name = serverName(server);
    await out.line(`Removing login credentials for ${server === '' ? name : server}`);
    const auths = Object.fromEntries(Object.entries(config.data.auths ?? {}).filter(([key]) => key !== name));
    config.save({ auths });
  },
});
