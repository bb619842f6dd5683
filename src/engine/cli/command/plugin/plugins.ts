/** Plugins, as far as an engine without any can be asked: it lists none, and knows none by name. */
import { filterQuery, flagQuery } from '../../client/filters.ts';
import { nameSegment } from '../../client/names.ts';
import { CliError } from '../../errors.ts';
import { bool, filter, int, string } from '../../flags/index.ts';
import { inspectAll } from '../../formatter/inspect.ts';
import { formatList, type ListFormat, sourceOf } from '../../formatter/list.ts';
import { byNature, truncateId } from '../../formatter/text.ts';
import { atLeast, command, exactly, noArgs } from '../command.ts';
import { eachArgument } from '../each-argument.ts';
import { FORMAT_INSPECT, FORMAT_TABLE } from '../texts.ts';

interface Plugin {
  readonly Id: string;
  readonly Name: string;
  readonly Enabled: boolean;
  readonly PluginReference: string;
  readonly Config: { readonly Description: string };
}

const PLUGINS = (options: { readonly truncate: boolean }): ListFormat<Plugin> => ({
  type: '*plugin.pluginContext',
  table: '{{.ID}}\t{{.Name}}\t{{.Description}}\t{{.Enabled}}',
  quiet: '{{.ID}}',
  raw: 'plugin_id: {{.ID}}\nname: {{.Name}}\ndescription: {{.Description}}\nenabled: {{.Enabled}}\n',
  rawQuiet: 'plugin_id: {{.ID}}',
  heads: { ID: 'ID', Name: 'NAME', Description: 'DESCRIPTION', Enabled: 'ENABLED', PluginReference: 'IMAGE' },
  columns: {
    ID: ({ Id }) => (options.truncate ? truncateId(Id) : Id),
    Name: ({ Name }) => Name,
    Description: ({ Config }) => Config.Description,
    Enabled: ({ Enabled }) => Enabled,
    PluginReference: ({ PluginReference }) => PluginReference,
  },
});

export const ls = command({
  names: ['plugin ls', 'plugin list'],
  summary: 'List plugins',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    filter: filter('Provide filter values (e.g. "enabled=true")', { short: 'f' }),
    format: string(FORMAT_TABLE),
    'no-trunc': bool("Don't truncate output"),
    quiet: bool('Only display plugin IDs', { short: 'q' }),
  },
  run: async ({ client, flags, out }) => {
    const plugins = await client.http.get<readonly Plugin[]>('/plugins', { query: { filters: filterQuery(flags.filter) } });
    const list = PLUGINS({ truncate: !flags['no-trunc'] });
    const rows = [...plugins].sort((a, b) => byNature(a.Name, b.Name));
    await out.text(formatList(list, sourceOf(list, flags), rows));
  },
});

export const inspect = command({
  names: ['plugin inspect'],
  summary: 'Display detailed information on one or more plugins',
  usage: '[OPTIONS] PLUGIN [PLUGIN...]',
  args: atLeast(1),
  flags: { format: string(FORMAT_INSPECT, { short: 'f' }) },
  run: ({ client, args, flags, out, err }) =>
    inspectAll({ names: args, format: flags.format, out, err, kind: 'plugin' }, (name) => client.system.inspectPluginRaw(name)),
});

export const rm = command({
  names: ['plugin rm', 'plugin remove'],
  summary: 'Remove one or more plugins',
  usage: '[OPTIONS] PLUGIN [PLUGIN...]',
  args: atLeast(1),
  flags: { force: bool('Force the removal of an active plugin', { short: 'f' }) },
  run: ({ client, args, flags, out }) =>
    eachArgument(args, async (name) => {
      await client.http.delete(`/plugins/${nameSegment('plugin', name)}`, { query: { force: flagQuery(flags.force) } });
      await out.line(name);
    }),
});

export const enable = command({
  names: ['plugin enable'],
  summary: 'Enable a plugin',
  usage: '[OPTIONS] PLUGIN',
  args: exactly(1),
  flags: { timeout: int('HTTP client timeout (in seconds)', { initial: 30 }) },
  run: async ({ client, args: [name = ''], flags, out }) => {
    if (flags.timeout < 0) throw new CliError(`negative timeout ${flags.timeout} is invalid`);
    await client.http.post(`/plugins/${nameSegment('plugin', name)}/enable`, { query: { timeout: String(flags.timeout) } });
    await out.line(name);
  },
});

export const disable = command({
  names: ['plugin disable'],
  summary: 'Disable a plugin',
  usage: '[OPTIONS] PLUGIN',
  args: exactly(1),
  flags: { force: bool('Force the disable of an active plugin', { short: 'f' }) },
  run: async ({ client, args: [name = ''], flags, out }) => {
    await client.http.post(`/plugins/${nameSegment('plugin', name)}/disable`, { query: { force: flagQuery(flags.force) } });
    await out.line(name);
  },
});

export const set = command({
  names: ['plugin set'],
  summary: 'Change settings for a plugin',
  usage: 'PLUGIN KEY=VALUE [KEY=VALUE...]',
  args: atLeast(2),
  flags: {},
  run: async ({ client, args: [name = '', ...settings] }) => {
    await client.http.post(`/plugins/${nameSegment('plugin', name)}/set`, { json: settings });
  },
});
