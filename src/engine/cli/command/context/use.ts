import { checkContextName, readContext } from '../../config/context-store.ts';
import { DEFAULT_CONTEXT } from '../../config/current-context.ts';
import { command, exactly } from '../command.ts';

export const use = command({
  names: ['context use'],
  summary: 'Set the default docker context',
  usage: 'CONTEXT',
  args: { ...exactly(1), plain: true },
  complete: 'contexts',
  completeMost: 1,
  flags: {},
  run: async ({ io, config, args: [name = ''], out, err }) => {
    if (name !== DEFAULT_CONTEXT) checkContextName(name);
    if (name !== DEFAULT_CONTEXT) readContext(io, config, name);
    config.save({ currentContext: name === DEFAULT_CONTEXT ? undefined : name });
    await out.line(name);
    await err.line(`Current context is now ${JSON.stringify(name)}`);
    const overridden = name !== DEFAULT_CONTEXT && (io.env.get('DOCKER_HOST') ?? '') !== '';
    if (overridden)
      await err.line(
        `Warning: DOCKER_HOST environment variable overrides the active context. To use ${JSON.stringify(name)}, either set the global --context flag, or unset DOCKER_HOST environment variable.`,
      );
  },
});
