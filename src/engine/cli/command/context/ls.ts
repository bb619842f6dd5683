import { DEFAULT_DESCRIPTION, listContexts, readContext } from '../../config/context-store.ts';
import { DEFAULT_CONTEXT } from '../../config/current-context.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { CONTEXTS, type ContextRow } from '../../formatter/contexts.ts';
import { formatList } from '../../formatter/list.ts';
import { byNature } from '../../formatter/text.ts';
import { type Context, command, noArgs } from '../command.ts';
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
  run: async ({ io, config, contextName: current, flags, out, err }) => {
    const rows = listContexts(io, config).map(
      (one): ContextRow => ({
        name: one.Name,
        description: one.Name === DEFAULT_CONTEXT ? DEFAULT_DESCRIPTION : String(one.Metadata.Description ?? ''),
        endpoint: one.Endpoints.docker?.Host ?? '',
        current: one.Name === current,
        error: '',
      }),
    );
    if (!rows.some((row) => row.current)) rows.push(missing(io, config, current));
    rows.sort((a, b) => byNature(a.name, b.name));
    await out.text(formatList(CONTEXTS, flags.quiet ? CONTEXTS.quiet : flags.format, rows));
    if ((io.env.get('DOCKER_HOST') ?? '') !== '')
      await err.line(
        `Warning: DOCKER_HOST environment variable overrides the active context. To use a context, either set the global --context flag, or unset DOCKER_HOST environment variable.`,
      );
  },
});

/** The context that is asked for but not there, with what is wrong with it. */
function missing(io: Context['io'], config: Context['config'], name: string): ContextRow {
  let error = '';
  try {
    readContext(io, config, name);
  } catch (problem) {
    if (!(problem instanceof CliError)) throw problem;
    error = problem.message;
  }
  return { name, description: '', endpoint: '', current: true, error };
}
