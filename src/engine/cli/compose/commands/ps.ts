import type { ContainerSummary, PortSummary } from '../../../api-types/index.ts';
import { anyArgs } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, list, string } from '../../flags/index.ts';
import { HEADS } from '../../formatter/containers.ts';
import { humanDuration } from '../../formatter/human.ts';
import { formatList, type ListFormat } from '../../formatter/list.ts';
import { showPorts } from '../../formatter/ports.ts';
import { ellipsis, quote, truncateId } from '../../formatter/text.ts';
import { showTime } from '../../formatter/time.ts';
import { struct } from '../../template/index.ts';
import { composeCommand } from '../command.ts';
import { nameOf, projectContainers, serviceOf } from '../engine/containers.ts';
import { LABEL } from '../engine/labels.ts';
import { projectOrName } from '../engine/session.ts';
import { FORMAT } from '../texts.ts';

export const ps = composeCommand({
  name: 'ps',
  summary: 'List containers',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    all: bool('Show all stopped containers (including those created by the run command)', { short: 'a' }),
    filter: string('Filter services by a property (supported filters: status)'),
    format: string(FORMAT, { initial: 'table' }),
    'no-trunc': bool("Don't truncate output"),
    orphans: bool('Include orphaned services (not declared by project)', { initial: true }),
    quiet: bool('Only display IDs', { short: 'q' }),
    services: bool('Display services'),
    status: list('Filter services by status. Values: [paused | restarting | removing | running | dead | created | exited]', {
      type: 'stringArray',
    }),
  },
  run: async (context) => {
    const { io, client, args, flags, out, config } = context;
    const statuses = [...flags.status, ...statusFilter(flags.filter)];
    const project = await projectOrName(context, args);
    const services = args.length === 0 && !flags.orphans ? Object.keys(project.services) : args;
    const all = await projectContainers(client, project.name, {
      all: flags.all || statuses.length > 0,
      oneOff: flags.all || statuses.length > 0 ? 'include' : 'exclude',
      services,
    });
    const rows: Row[] = [];
    for (const container of all) {
      if (statuses.length > 0 && !statuses.includes(container.State)) continue;
      const { State } = await client.containers.inspect(container.Id);
      rows.push({
        container,
        exitCode: ['exited', 'dead'].includes(State.Status) ? State.ExitCode : 0,
        health: State.Running ? (State.Health?.Status ?? '') : '',
      });
    }
    if (flags.quiet) return out.text(rows.map(({ container }) => `${container.Id}\n`).join(''));
    if (flags.services) return out.line([...new Set(rows.map(({ container }) => serviceOf(container)))].join('\n'));
    const format = flags.format === '' ? (config.data.psFormat ?? '') : flags.format;
    return out.text(formatList(ROWS({ nowNs: io.clock.nowNs(), truncate: !flags['no-trunc'] }), format, rows));
  },
});

function statusFilter(filter: string): readonly string[] {
  if (filter === '') return [];
  const [key = '', value] = filter.split(/=(.*)/s);
  if (value === undefined) throw new CliError('arguments to --filter should be in form KEY=VAL');
  if (key !== 'status') throw new CliError(key === 'source' ? 'not implemented' : `unknown filter ${key}`);
  return [value];
}

interface Row {
  readonly container: ContainerSummary;
  readonly exitCode: number;
  readonly health: string;
}

const publishers = ({ Ports }: ContainerSummary) =>
  [...Ports]
    .sort(byPort)
    .map(({ IP: URL = '', PrivatePort: TargetPort, PublicPort: PublishedPort = 0, Type: Protocol }) =>
      struct('api.PortPublisher', new Map<string, unknown>(Object.entries({ URL, TargetPort, PublishedPort, Protocol }))),
    );
const byPort = (a: PortSummary, b: PortSummary): number => a.PrivatePort - b.PrivatePort || ((a.IP ?? '') < (b.IP ?? '') ? -1 : 1);

function ROWS({ nowNs, truncate }: { nowNs: bigint; truncate: boolean }): ListFormat<Row> {
  const column = (read: (container: ContainerSummary) => unknown) => (row: Row) => read(row.container);
  return {
    type: '*formatter.ContainerContext',
    table: '{{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}',
    quiet: '{{.ID}}',
    heads: { ...HEADS, Name: 'NAME', Project: 'PROJECT', Service: 'SERVICE' },
    columns: {
      ID: column(({ Id }) => (truncate ? truncateId(Id) : Id)),
      Name: column(nameOf),
      Names: column(nameOf),
      Project: column(({ Labels }) => Labels[LABEL.project] ?? ''),
      Service: column(serviceOf),
      Image: column(({ Image }) => Image),
      Command: column(({ Command }) => quote(truncate ? ellipsis(Command, 20) : Command)),
      CreatedAt: column(({ Created }) => showTime(Created)),
      RunningFor: column(({ Created }) => `${humanDuration(Number(nowNs) - Created * 1e9)} ago`),
      Engine: column(({ Labels }) => Labels['com.docker.compose.engine'] ?? ''),
      ExitCode: ({ exitCode }) => exitCode,
      State: column(({ State }) => State),
      Status: column(({ Status }) => Status),
      Health: ({ health }) => health,
      Publishers: column(publishers),
      Ports: column(({ Ports }) => showPorts(Ports)),
      Labels: column(({ Labels }) =>
        Object.entries(Labels)
          .map(([name, value]) => `${name}=${value}`)
          .join(','),
      ),
      LocalVolumes: column(({ Mounts }) => String(Mounts.filter(({ Driver }) => Driver === 'local').length)),
      Mounts: column(({ Mounts }) =>
        Mounts.map(({ Name, Source }) => (truncate ? ellipsis(Name || Source, 15) : Name || Source)).join(','),
      ),
      Networks: column(({ NetworkSettings }) => Object.keys(NetworkSettings.Networks).sort().join(',')),
      Size: () => '0B',
    },
    methods: { Label: ({ container }, name) => container.Labels[String(name)] ?? '' },
  };
}
