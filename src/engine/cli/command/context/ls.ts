import { currentContext, listContexts } from '../../config/context-store.ts';
import { bool, string } from '../../flags/index.ts';
import { CONTEXTS, type ContextRow } from '../../formatter/contexts.ts';
import { formatList } from '../../formatter/list.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const ls = command({
  names: ['context ls', 'context list'],
  summary: 'List contexts',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    format: string(FORMAT_TABLE),
    quiet: bool('Only show context names', { short: 'q' }),
  },
  run: async ({ io, config, flags, out, err }) => {
    const current = currentContext(io, config);
    const rows = listContexts(io, config).map(
      (one): ContextRow => ({
        name: one.Name,
        description: one.Name === 'default' ? 'Current DOCKER_HOST based configuration' : String(one.Metadata.Description ?? ''),
        endpoint: one.Endpoints.docker?.Host ?? '',
        current: one.Name === current,
        error: '',
      }),
    );
    await out.text(formatList(CONTEXTS, flags.quiet ? CONTEXTS.quiet : flags.format, rows));
    const overridden = (io.env.get('DOCKER_HOST') ?? '') !== '' && !flags.quiet && flags.format === '';
    if (overridden)
      await err.line(
        `Warning: DOCKER_HOST environment variable overrides the active context. To use a context, either set the global --context flag, or unset DOCKER_HOST environment variable.`,
      );
  },
});
