import type { VersionResponse } from '../../../api-types/index.ts';
import { API_VERSION } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import { string } from '../../flags/index.ts';
import { writeOne } from '../../formatter/one.ts';
import { showAnsi } from '../../formatter/time.ts';
import { struct } from '../../template/index.ts';
import { CLIENT } from '../../version.ts';
import { type Context, command, noArgs } from '../command.ts';
import { FORMAT_INSPECT } from '../texts.ts';

export const version = command({
  names: ['version'],
  summary: 'Show the Docker version information',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
  },
  run: async (context) => {
    const { client, flags, out } = context;
    const server = await serverVersion(context);
    const own = {
      ...clientVersion(context),
      APIVersion: server instanceof CliError ? (context.io.env.get('DOCKER_API_VERSION') ?? API_VERSION) : await client.http.version(),
    };
    const answer = server instanceof CliError ? null : server;
    if (flags.format === '') await out.text(showClient(own) + (answer === null ? '' : `\n${showServer(answer)}`));
    else await writeOne(out, flags.format, { value: asStruct(own, answer), name: 'version' });
    if (server instanceof CliError) throw server;
  },
});

/** Without an engine the client still tells what it is itself. */
async function serverVersion({ client }: Pick<Context, 'client'>): Promise<VersionResponse | CliError> {
  try {
    return await client.system.version();
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
}

function clientVersion({ io, contextName }: Pick<Context, 'io' | 'contextName'>) {
  return {
    Platform: { Name: CLIENT.platform },
    Version: CLIENT.version,
    DefaultAPIVersion: API_VERSION,
    GitCommit: CLIENT.gitCommit,
    GoVersion: CLIENT.goVersion,
    Os: io.platform.os,
    Arch: io.platform.arch,
    BuildTime: CLIENT.built,
    Context: contextName,
  };
}
type ClientVersion = ReturnType<typeof clientVersion> & { readonly APIVersion: string };

function showClient(own: ClientVersion): string {
  const lines = [
    ['Version', own.Version],
    ['API version', own.APIVersion === API_VERSION ? own.APIVersion : `${own.APIVersion} (downgraded from ${API_VERSION})`],
    ['Go version', own.GoVersion],
    ['Git commit', own.GitCommit],
    ['Built', own.BuildTime],
    ['OS/Arch', `${own.Os}/${own.Arch}`],
    ['Context', own.Context],
  ];
  return `Client: ${own.Platform.Name}\n${lines.map(([name, value]) => ` ${`${name}:`.padEnd(18)} ${value}\n`).join('')}`;
}

function showServer(server: VersionResponse): string {
  const parts = server.Components.map(({ Name, Version, Details = {} }) => {
    const lines =
      Name === 'Engine'
        ? engineLines(Version, Details)
        : [
            ['Version', Version],
            ...Object.keys(Details)
              .sort()
              .map((name) => [name, Details[name] ?? '']),
          ];
    return ` ${Name}:\n${lines.map(([name, value]) => `  ${`${name}:`.padEnd(17)} ${value}\n`).join('')}`;
  });
  return `Server: ${server.Platform.Name}\n${parts.join('')}`;
}

const engineLines = (version: string, details: Readonly<Record<string, string>>) => [
  ['Version', version],
  ['API version', `${details.ApiVersion ?? ''} (minimum version ${details.MinAPIVersion ?? ''})`],
  ['Go version', details.GoVersion ?? ''],
  ['Git commit', details.GitCommit ?? ''],
  ['Built', showAnsi(details.BuildTime ?? '')],
  ['OS/Arch', `${details.Os ?? ''}/${details.Arch ?? ''}`],
  ['Experimental', details.Experimental ?? ''],
];

function asStruct(own: ClientVersion, server: VersionResponse | null) {
  const { APIVersion: ApiVersion, Platform, Version, ...rest } = own;
  const Components = server?.Components.map((part) => struct('system.ComponentVersion', { ...part }, () => JSON.stringify(part)));
  const named =
    server === null ? null : { ...server, Components, APIVersion: server.ApiVersion, Experimental: server.Experimental ?? false };
  const Server = named === null ? null : struct('*system.serverVersion', named, () => JSON.stringify(server));
  return struct('system.versionInfo', {
    Client: struct('system.clientVersion', own, () => JSON.stringify({ Platform, Version, ApiVersion, ...rest })),
    Server,
  });
}
