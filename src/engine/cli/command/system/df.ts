import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { showVerbose, USAGE, usageRows, verboseStruct } from '../../formatter/disk-usage.ts';
import { formatList } from '../../formatter/list.ts';
import { formatOne } from '../../formatter/one.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

/** As for a list: a template that cannot be read ends with 1. */
function formatVerbose(format: string, document: unknown): string {
  try {
    return formatOne(format, document);
  } catch (error) {
    throw error instanceof CliError ? new CliError(error.message) : error;
  }
}

export const df = command({
  names: ['system df'],
  summary: 'Show docker disk usage',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    format: string(FORMAT_TABLE),
    verbose: bool('Show detailed information on space usage', { short: 'v' }),
  },
  run: async ({ io, client, flags, out }) => {
    const usage = await client.system.diskUsage({ verbose: flags.verbose });
    const nowNs = io.clock.nowNs();
    if (!flags.verbose) return out.text(formatList(USAGE, flags.format, usageRows(usage)));
    if (flags.format === '' || flags.format === 'table') return out.text(showVerbose(usage, nowNs));
    const struct = verboseStruct(usage, { nowNs, isTable: flags.format.startsWith('table') });
    const format = flags.format
      .replace(/^table/, '')
      .trim()
      .replaceAll('\\t', '\t')
      .replaceAll('\\n', '\n');
    return out.text(formatVerbose(format, struct).replace(/\n$/, ''));
  },
});
