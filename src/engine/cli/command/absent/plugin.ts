/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, string } from '../../flags/index.ts';
import { atLeast, between, type Command, command, exactly } from '../command.ts';
import { absent } from '../not-yet.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['plugin create'],
    summary: 'Create a plugin from a rootfs and configuration. Plugin data directory must contain config.json and rootfs directory.',
    usage: '[OPTIONS] PLUGIN PLUGIN-DATA-DIR',
    args: exactly(2),
    flags: {
      compress: bool('Compress the context using gzip'),
    },
    run: absent,
  }),
  command({
    names: ['plugin install'],
    summary: 'Install a plugin',
    usage: '[OPTIONS] PLUGIN [KEY=VALUE...]',
    args: atLeast(1),
    flags: {
      alias: string('Local name for plugin'),
      disable: bool('Do not enable the plugin on install'),
      'grant-all-permissions': bool('Grant all permissions necessary to run the plugin'),
    },
    run: absent,
  }),
  command({
    names: ['plugin push'],
    summary: 'Push a plugin to a registry',
    usage: '[OPTIONS] PLUGIN[:TAG]',
    args: exactly(1),
    flags: {},
    run: absent,
  }),
  command({
    names: ['plugin upgrade'],
    summary: 'Upgrade an existing plugin',
    usage: '[OPTIONS] PLUGIN [REMOTE]',
    args: between(1, 2),
    flags: {
      'grant-all-permissions': bool('Grant all permissions necessary to run the plugin'),
      'skip-remote-check': bool('Do not check if specified remote plugin matches existing plugin image'),
    },
    run: absent,
  }),
];
