import { buildxDirectory, listBuilders } from '../../build/builders.ts';
import { DEFAULT_CONTEXT } from '../../config/current-context.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { atMost, command } from '../command.ts';
import { BUILDER } from './plugin-flags.ts';

export const use = command({
  names: ['builder use'],
  summary: 'Set the current builder instance',
  as: 'buildx use',
  usage: '[OPTIONS] NAME',
  args: atMost(1),
  complete: 'contexts',
  flags: { ...BUILDER, default: bool('Set builder as default for current context'), global: bool('Builder persists context changes') },
  run: async (context) => {
    const { args, flags, contextName } = context;
    const name = args[0] ?? flags.builder;
    if (name === contextName) return;
    if (name === DEFAULT_CONTEXT) throw new CliError('run `docker context use default` to switch to default context');
    if (listBuilders(context).some((builder) => builder.name === name))
      throw new CliError(`run \`docker context use ${name}\` to switch to context ${name}`);
    if (!/^[a-zA-Z][a-zA-Z0-9._-]*$/.test(name)) {
      const rule = 'name needs to start with a letter and may not contain symbols, except ._-';
      throw new CliError(`failed to find instance ${JSON.stringify(name)}: invalid name ${name}, ${rule}`);
    }
    const path = `${buildxDirectory(context)}/instances/${name.toLowerCase()}`;
    throw new CliError(`failed to find instance ${JSON.stringify(name)}: open ${path}: no such file or directory`);
  },
});
