import { BUILDX } from '../../version.ts';
import { command, noArgs } from '../command.ts';
import { HIDDEN_BUILDER } from './plugin-flags.ts';

export const version = command({
  names: ['builder version'],
  summary: 'Show buildx version information',
  as: 'buildx version',
  usage: '',
  args: noArgs,
  complete: 'nothing',
  flags: HIDDEN_BUILDER,
  run: async ({ out }) => out.line(`github.com/docker/buildx v${BUILDX.version} ${BUILDX.gitCommit}`),
});
