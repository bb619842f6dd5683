/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, filter, int, string } from '../../flags/index.ts';
import { anyArgs, type Command, command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_INSPECT, FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['plugin create'],
    summary: 'Create a plugin from a rootfs and configuration. Plugin data directory must contain config.json and rootfs directory.',
    usage: '[OPTIONS] PLUGIN PLUGIN-DATA-DIR',
    args: anyArgs,
    flags: {
      compress: bool('Compress the context using gzip'),
    },
    run: absent,
  }),
  command({
    names: ['plugin disable'],
    summary: 'Disable a plugin',
    usage: '[OPTIONS] PLUGIN',
    args: anyArgs,
    flags: {
      force: bool('Force the disable of an active plugin', { short: 'f' }),
    },
    run: absent,
  }),
  command({
    names: ['plugin enable'],
    summary: 'Enable a plugin',
    usage: '[OPTIONS] PLUGIN',
    args: anyArgs,
    flags: {
      timeout: int('HTTP client timeout (in seconds)', { initial: 30 }),
    },
    run: absent,
  }),
  command({
    names: ['plugin inspect'],
    summary: 'Display detailed information on one or more plugins',
    usage: '[OPTIONS] PLUGIN [PLUGIN...]',
    args: anyArgs,
    flags: {
      format: string(FORMAT_INSPECT, { short: 'f' }),
    },
    run: absent,
  }),
  command({
    names: ['plugin install'],
    summary: 'Install a plugin',
    usage: '[OPTIONS] PLUGIN [KEY=VALUE...]',
    args: anyArgs,
    flags: {
      alias: string('Local name for plugin'),
      disable: bool('Do not enable the plugin on install'),
      'grant-all-permissions': bool('Grant all permissions necessary to run the plugin'),
    },
    run: absent,
  }),
  command({
    names: ['plugin ls', 'plugin list'],
    summary: 'List plugins',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
      filter: filter('Provide filter values (e.g. "enabled=true")', { short: 'f' }),
      format: string(FORMAT_TABLE),
      'no-trunc': bool("Don't truncate output"),
      quiet: bool('Only display plugin IDs', { short: 'q' }),
    },
    run: absent,
  }),
  command({
    names: ['plugin push'],
    summary: 'Push a plugin to a registry',
    usage: '[OPTIONS] PLUGIN[:TAG]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
  command({
    names: ['plugin rm', 'plugin remove'],
    summary: 'Remove one or more plugins',
    usage: '[OPTIONS] PLUGIN [PLUGIN...]',
    args: anyArgs,
    flags: {
      force: bool('Force the removal of an active plugin', { short: 'f' }),
    },
    run: absent,
  }),
  command({
    names: ['plugin set'],
    summary: 'Change settings for a plugin',
    usage: 'PLUGIN KEY=VALUE [KEY=VALUE...]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
  command({
    names: ['plugin upgrade'],
    summary: 'Upgrade an existing plugin',
    usage: '[OPTIONS] PLUGIN [REMOTE]',
    args: anyArgs,
    flags: {
      'grant-all-permissions': bool('Grant all permissions necessary to run the plugin'),
      'skip-remote-check': bool('Do not check if specified remote plugin matches existing plugin image'),
    },
    run: absent,
  }),
];
