import type { StatsResponse } from '../../api-types/index.ts';
import { bytesSize } from './human.ts';
import type { ListFormat } from './list.ts';
import { truncateId } from './text.ts';
import { humanSize } from './units.ts';

/** What is known of a container so far; null: nothing yet. */
export interface StatsRow {
  readonly container: string;
  readonly stats: StatsResponse | null;
}

/** The rows of `docker stats`. */
export const STATS = (options: { truncate: boolean }): ListFormat<StatsRow> => ({
  type: '*container.statsContext',
  table: '{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}',
  quiet: '{{.ID}}',
  heads: {
    Container: 'CONTAINER',
    ID: 'CONTAINER ID',
    Name: 'NAME',
    CPUPerc: 'CPU %',
    MemUsage: 'MEM USAGE / LIMIT',
    MemPerc: 'MEM %',
    NetIO: 'NET I/O',
    BlockIO: 'BLOCK I/O',
    PIDs: 'PIDS',
  },
  columns: {
    Container: ({ container }) => container,
    ID: ({ stats }) => (stats === null ? '--' : options.truncate ? truncateId(stats.id) : stats.id),
    Name: ({ stats }) => (stats === null ? '--' : stats.name.replace(/^\//, '')),
    CPUPerc: ({ stats }) => (stats === null ? '--' : percent(cpuPercent(stats))),
    MemUsage: ({ stats }) => (stats === null ? '-- / --' : `${bytesSize(memoryUsed(stats))} / ${bytesSize(stats.memory_stats.limit ?? 0)}`),
    MemPerc: ({ stats }) => (stats === null ? '--' : percent(memoryPercent(stats))),
    NetIO: ({ stats }) => (stats === null ? '--' : pair(network(stats))),
    BlockIO: ({ stats }) => (stats === null ? '--' : pair(blocks(stats))),
    PIDs: ({ stats }) => (stats === null ? '--' : String(stats.pids_stats.current ?? 0)),
  },
});

const percent = (value: number): string => `${value.toFixed(2)}%`;
const pair = ([one, other]: readonly [number, number]): string => `${humanSize(one, 3)} / ${humanSize(other, 3)}`;

/** Of one processor's time since the sample before: two busy ones are 200%. */
function cpuPercent({ cpu_stats, precpu_stats }: StatsResponse): number {
  const used = cpu_stats.cpu_usage.total_usage - precpu_stats.cpu_usage.total_usage;
  const all = (cpu_stats.system_cpu_usage ?? 0) - (precpu_stats.system_cpu_usage ?? 0);
  const processors = cpu_stats.online_cpus ?? cpu_stats.cpu_usage.percpu_usage?.length ?? 1;
  return used > 0 && all > 0 ? (used / all) * processors * 100 : 0;
}

/** Without the page cache that can be dropped at once. */
function memoryUsed({ memory_stats: { usage = 0, stats = {} } }: StatsResponse): number {
  const cache = stats.total_inactive_file ?? stats.inactive_file ?? 0;
  return cache < usage ? usage - cache : usage;
}

const memoryPercent = (stats: StatsResponse): number =>
  (stats.memory_stats.limit ?? 0) === 0 ? 0 : (memoryUsed(stats) / (stats.memory_stats.limit ?? 1)) * 100;

function network({ networks = {} }: StatsResponse): readonly [number, number] {
  const all = Object.values(networks);
  return [all.reduce((sum, one) => sum + one.rx_bytes, 0), all.reduce((sum, one) => sum + one.tx_bytes, 0)];
}

function blocks({ blkio_stats }: StatsResponse): readonly [number, number] {
  const entries = blkio_stats.io_service_bytes_recursive ?? [];
  const of = (letter: string) => entries.filter(({ op }) => op.toLowerCase().startsWith(letter)).reduce((sum, { value }) => sum + value, 0);
  return [of('r'), of('w')];
}
