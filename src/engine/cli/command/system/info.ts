import type { InfoResponse } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import { string } from '../../flags/index.ts';
import { type ClientInfo, showClientInfo, showServerInfo, showWarnings } from '../../formatter/info.ts';
import { writeOne } from '../../formatter/one.ts';
import { typed } from '../../formatter/typed.ts';
import { CLIENT } from '../../version.ts';
import { type Context, command, noArgs } from '../command.ts';
import { FORMAT_INSPECT } from '../texts.ts';
import { PLUGINS } from './plugins.ts';

const PLUGIN_DIRECTORIES = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
];

export const info = command({
  names: ['system info', 'info'],
  summary: 'Display system-wide information',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
  },
  run: async (context) => {
    const { flags, out, err } = context;
    const own = clientInfo(context);
    const server = await serverInfo(context);
    if (flags.format !== '') {
      const document = server instanceof CliError ? { ServerErrors: [server.message] } : server;
      return writeOne(out, flags.format, { value: typed({ ...document, ClientInfo: own }, 'info') });
    }
    await out.text(showClientInfo(own));
    await out.text('\nServer:\n');
    if (server instanceof CliError) throw new CliError(server.message);
    await out.text(`${showServerInfo(server)}\n`);
    await err.text(showWarnings(server));
  },
});

function clientInfo({ io, contextName }: Context): ClientInfo {
  return {
    Debug: false,
    Platform: { Name: CLIENT.platform },
    Version: CLIENT.version,
    Context: contextName,
    OS: io.platform.os,
    Plugins: PLUGINS.flatMap(({ name, ...plugin }) => installed(io, name).map((Path) => ({ Name: name, Path, ...plugin }))),
    Warnings: null,
  };
}

function installed(io: Context['io'], name: string): readonly string[] {
  return PLUGIN_DIRECTORIES.map((directory) => `${directory}/docker-${name}`)
    .filter((path) => io.files.stat(path) !== null)
    .slice(0, 1);
}

async function serverInfo({ client }: Context): Promise<InfoResponse | CliError> {
  try {
    return await client.system.info();
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
}
