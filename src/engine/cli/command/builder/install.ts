/** `docker buildx install` and `uninstall`: whether the client's configuration calls Buildx by the name `builder`. Both are of the past. */
import { command, exactly } from '../command.ts';
import { DEBUG } from './plugin-flags.ts';

const notice = (verb: string): string =>
  `Command "${verb}" is deprecated, use 'docker buildx' directly, without relying on the 'docker builder' alias`;

export const install = command({
  names: ['builder install'],
  summary: "Install buildx as a 'docker builder' alias",
  as: 'buildx install',
  usage: '',
  args: exactly(0),
  complete: 'nothing',
  flags: DEBUG,
  run: async ({ config, out }) => {
    await out.line(notice('install'));
    config.save({ aliases: { ...config.data.aliases, builder: 'buildx' } });
  },
});

export const uninstall = command({
  names: ['builder uninstall'],
  summary: "Uninstall the 'docker builder' alias",
  as: 'buildx uninstall',
  usage: '',
  args: exactly(0),
  complete: 'nothing',
  flags: DEBUG,
  run: async ({ config, out }) => {
    await out.line(notice('uninstall'));
    const { builder: _gone, ...aliases } = config.data.aliases ?? {};
    config.save({ aliases: Object.keys(aliases).length > 0 ? aliases : undefined });
  },
});
