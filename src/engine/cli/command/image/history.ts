import { bool, string } from '../../flags/index.ts';
import { HISTORY } from '../../formatter/history.ts';
import { formatList } from '../../formatter/list.ts';
import { command, exactly } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const history = command({
  names: ['image history', 'history'],
  summary: 'Show the history of an image',
  usage: '[OPTIONS] IMAGE',
  args: exactly(1),
  complete: 'images',
  completeMost: 1,
  valueKinds: { platform: 'platforms' },
  flags: {
    format: string(FORMAT_TABLE),
    human: bool('Print sizes and dates in human readable format', { short: 'H', initial: true }),
    'no-trunc': bool("Don't truncate output"),
    platform: string('Show history for the given platform. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")'),
    quiet: bool('Only show image IDs', { short: 'q' }),
  },
  run: async ({ io, client, args: [name = ''], flags, out }) => {
    const items = await client.images.history(name, { platform: flags.platform });
    const list = HISTORY({ nowNs: io.clock.nowNs(), truncate: !flags['no-trunc'], human: flags.human });
    await out.text(formatList(list, flags.quiet && flags.format === '' ? list.quiet : flags.format, items));
  },
});
