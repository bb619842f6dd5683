import { lastActivity, listBuilders } from '../../build/builders.ts';
import { type BuilderNode, loadNode } from '../../build/node.ts';
import { bool, string } from '../../flags/index.ts';
import { formatList, type ListFormat } from '../../formatter/list.ts';
import { byBytes } from '../../formatter/text.ts';
import { showRfc3339 } from '../../formatter/time.ts';
import { type Context, command, noArgs } from '../command.ts';
import { HIDDEN_BUILDER, TIMEOUT } from './plugin-flags.ts';

interface Row {
  readonly name: string;
  readonly isCurrent: boolean;
  /** Absent in the row of the builder itself. */
  readonly node?: BuilderNode;
}

const PLATFORMS_SHOWN = 4;

/** One line for each builder, and one for each of its nodes. Upstream: docker/buildx commands/ls.go. */
const format = ({ isTable, truncate }: { readonly isTable: boolean; readonly truncate: boolean }): ListFormat<Row> => ({
  type: '*commands.lsContext',
  table: '{{.Name}}\t{{.DriverEndpoint}}\t{{.Status}}\t{{.Buildkit}}\t{{.Platforms}}',
  quiet: '{{.Name}}',
  heads: {
    Name: 'NAME/NODE',
    DriverEndpoint: 'DRIVER/ENDPOINT',
    LastActivity: 'LAST ACTIVITY',
    Status: 'STATUS',
    Buildkit: 'BUILDKIT',
    Platforms: 'PLATFORMS',
    Error: '',
  },
  columns: {
    Name: ({ name, node, isCurrent }) =>
      node === undefined ? `${name}${isCurrent && isTable ? '*' : ''}` : `${isTable ? ' \\_ ' : ''}${name}`,
    DriverEndpoint: ({ name, node }) => (node === undefined ? 'docker' : `${isTable ? ' \\_ ' : ''}${name}`),
    LastActivity: () => '',
    Status: ({ node }) => node?.status ?? '',
    Buildkit: ({ node }) => node?.version ?? '',
    Platforms: ({ node }) => platforms(node?.platforms ?? [], truncate && isTable),
    Error: ({ node }) => node?.error ?? '',
  },
});

/** A builder with its node, as `--format json` prints it. */
function document(context: Pick<Context, 'io' | 'config' | 'contextName'>, node: BuilderNode): object {
  const { name, id, labels, gcPolicy, error, version, status, platforms: Platforms } = node;
  const activity = lastActivity(context, name);
  const rules = gcPolicy.map((rule) => ({
    all: rule.All,
    filter: rule.Types.length === 0 ? null : rule.Types.map((type) => `type==${type}`),
    keepDuration: rule.KeepDuration,
    maxUsedSpace: rule.MaxUsedSpace,
    minFreeSpace: rule.MinFreeSpace,
    reservedSpace: rule.ReservedSpace,
  }));
  const running = { GCPolicy: rules, IDs: id === undefined ? [] : [id], Labels: sortedKeys(labels) };
  return {
    Current: name === context.contextName,
    Driver: 'docker',
    Dynamic: false,
    LastActivity: activity === undefined ? '0001-01-01T00:00:00Z' : showRfc3339(activity),
    Name: name,
    Nodes: [
      error === undefined
        ? { Endpoint: name, ...running, Name: name, Platforms, Status: status, Version: version }
        : { Endpoint: name, Error: error, Name: name },
    ],
  };
}

const sortedKeys = (of: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(of).sort(([a], [b]) => byBytes(a, b)));

/** Variants of one architecture count as one: `linux/amd64 (+4)`. */
function platforms(list: readonly string[], truncate: boolean): string {
  if (!truncate) return list.join(', ');
  const groups = Map.groupBy(list, (platform) => platform.split('/').slice(0, 2).join('/'));
  const shown = [...groups].slice(0, PLATFORMS_SHOWN);
  const left = list.length - shown.reduce((sum, [, members]) => sum + members.length, 0);
  const words = shown.map(([name, members]) => (members.length === 1 ? (members[0] ?? '') : `${name} (+${members.length})`));
  return [...words, ...(left > 0 ? [`(${left} more)`] : [])].join(', ');
}

export const ls = command({
  names: ['builder ls'],
  summary: 'List builder instances',
  as: 'buildx ls',
  usage: '',
  args: noArgs,
  complete: 'nothing',
  flags: {
    ...HIDDEN_BUILDER,
    format: string('Format the output', { initial: 'table' }),
    'no-trunc': bool("Don't truncate output"),
    ...TIMEOUT,
  },
  run: async (context) => {
    const { flags, out, err, contextName } = context;
    const nodes: BuilderNode[] = [];
    for (const { name } of listBuilders(context)) nodes.push(await loadNode(context, name));
    const rows = nodes.flatMap((node): readonly Row[] => {
      const row = { name: node.name, isCurrent: node.name === contextName };
      return [row, { ...row, node }];
    });
    if (flags.format === 'json') {
      for (const node of nodes) await out.line(JSON.stringify(document(context, node)));
      return;
    }
    const isTable = flags.format.startsWith('table');
    await out.text(formatList(format({ isTable, truncate: !flags['no-trunc'] }), flags.format, rows));
    const failed = nodes.filter(({ error }) => error !== undefined);
    if (!isTable || failed.length === 0) return;
    await err.text(`\n${failed.map(({ name, error }) => `Failed to get status for ${name} (${name}): ${error}\n`).join('')}`);
  },
});
