import { findBuilder } from '../../build/builders.ts';
import { atMost, command } from '../command.ts';
import { BUILDER } from './plugin-flags.ts';

/** The builder is the engine itself, which is not stopped so: nothing happens. */
export const stop = command({
  names: ['builder stop'],
  summary: 'Stop builder instance',
  as: 'buildx stop',
  usage: '[NAME]',
  args: atMost(1),
  complete: 'contexts',
  flags: BUILDER,
  run: async (context) => {
    findBuilder(context, context.args[0] ?? context.flags.builder, { anywhere: true });
  },
});
