import type { StatsResponse } from '../../../api-types/index.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { formatList, type ListFormat } from '../../formatter/list.ts';
import { STATS, type StatsRow } from '../../formatter/stats.ts';
import { anyArgs, type Context, command } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

const REDRAW_MS = 500;
/** How long the first numbers are waited for, and how often they are asked for. */
const FIRST_MS = 2000;
const LOOK_MS = 50;

export const stats = command({
  names: ['container stats', 'stats'],
  summary: 'Display a live stream of container(s) resource usage statistics',
  usage: '[OPTIONS] [CONTAINER...]',
  args: anyArgs,
  complete: 'running-containers',
  flags: {
    all: bool('Show all containers (default shows just running)', { short: 'a' }),
    format: string(FORMAT_TABLE),
    'no-stream': bool('Disable streaming stats and only pull the first result'),
    'no-trunc': bool('Do not truncate output'),
  },
  run: async (context) => {
    const { args, flags, config } = context;
    const names = args.length > 0 ? args : await allContainers(context, flags.all);
    const list = STATS({ truncate: !flags['no-trunc'] });
    const format = flags.format || (config.data.statsFormat ?? '');
    return flags['no-stream'] ? showOnce(context, { names, list, format }) : showStream(context, { names, list, format });
  },
});

interface Shown {
  readonly names: readonly string[];
  readonly list: ListFormat<StatsRow>;
  readonly format: string;
}

async function allContainers({ client }: Context, all: boolean): Promise<readonly string[]> {
  const containers = await client.containers.list({ all, filters: new Map() });
  return containers.map(({ Id }) => Id);
}

async function showOnce({ client, out }: Context, { names, list, format }: Shown): Promise<void> {
  const rows: StatsRow[] = [];
  const errors: string[] = [];
  for (const name of names) {
    try {
      const answer = await client.containers.stats(name, { stream: false });
      await eachJsonLine<StatsResponse>(answer, (stats) => void rows.push({ container: name, stats }));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      errors.push(error.message);
    }
  }
  if (errors.length > 0) throw new CliError(errors.join('\n'));
  if (rows.length > 0) await out.text(formatList(list, format, rows));
}

/** A task for each container keeps its newest numbers; the screen is drawn again at a fixed pace. */
async function showStream(context: Context, { names, list, format }: Shown): Promise<void> {
  const { io, client, out, interrupts } = context;
  interrupts.behave(0);
  const newest = new Map<string, StatsResponse>();
  const ended = new Set<string>();
  for (const name of names) {
    const answer = await client.containers.stats(name, { stream: true });
    io.spawn(async () => {
      await eachJsonLine<StatsResponse>(answer, (stats) => void newest.set(name, stats));
      ended.add(name);
    });
  }
  const isMissing = (name: string): boolean => !newest.has(name) && !ended.has(name);
  for (let waited = 0; waited < FIRST_MS && names.some(isMissing); waited += LOOK_MS) await io.clock.sleep(LOOK_MS);
  while (ended.size < names.length || names.length === 0) {
    await io.clock.sleep(REDRAW_MS);
    const rows = names.filter((name) => !ended.has(name)).map((name) => ({ container: name, stats: newest.get(name) ?? null }));
    const screen = formatList(list, format, rows);
    await out.text(
      `\x1b[H${screen
        .split('\n')
        .map((line) => `${line}\x1b[K\n`)
        .join('')}\x1b[J`,
    );
  }
  await out.text('\x1b[H\x1b[J');
}
