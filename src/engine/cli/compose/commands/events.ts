import type { EventMessage } from '../../../api-types/index.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { anyArgs } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { apiTime } from '../../timestamp.ts';
import { composeCommand } from '../command.ts';
import { LABEL } from '../engine/labels.ts';
import { projectName } from '../engine/session.ts';

export const events = composeCommand({
  name: 'events',
  summary: 'Receive real time events from containers',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    json: bool('Output events as a stream of json objects'),
    since: string('Show all events created since timestamp'),
    until: string('Stream events until this timestamp'),
  },
  run: async (context) => {
    const { io, client, args, flags, out } = context;
    const project = await projectName(context);
    const nowNs = io.clock.nowNs();
    const answer = await client.system.events({
      since: apiTime(flags.since, nowNs),
      until: apiTime(flags.until, nowNs),
      filters: new Map([['label', [`${LABEL.project}=${project}`]]]),
    });
    await eachJsonLine<EventMessage>(answer, async ({ Type, Action, Actor, timeNano }) => {
      const service = Actor.Attributes[LABEL.service] ?? '';
      if (Type !== 'container' || Actor.Attributes[LABEL.oneOff] === 'True') return;
      if (args.length > 0 && !args.includes(service)) return;
      const own = Object.entries(Actor.Attributes).filter(([name]) => !name.startsWith('com.docker.compose.'));
      const attributes = Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)));
      const event = { timeNano: BigInt(timeNano), service, id: Actor.ID, action: Action, attributes };
      await out.line(flags.json ? jsonOf(event) : textOf(event));
    });
    // The stream has no end of its own: one that ends is an error, even if `--until` has ended it.
    throw new CliError('EOF');
  },
});

interface Event {
  readonly timeNano: bigint;
  readonly service: string;
  readonly id: string;
  readonly action: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The time as Go's time.Time has it in JSON: the decimals that it needs. */
function jsonOf({ timeNano, service, id, action, attributes }: Event): string {
  const seconds = new Date(Number(timeNano / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  const decimals = String(timeNano % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  const time = `${seconds}${decimals === '' ? '' : `.${decimals}`}Z`;
  return JSON.stringify({ action, attributes, id, service, time, type: 'container' });
}

function textOf({ timeNano, id, action, attributes }: Event): string {
  const date = new Date(Number(timeNano / 1_000_000n));
  const micros = String((timeNano % 1_000_000_000n) / 1000n).padStart(6, '0');
  const shown = `${date.toISOString().slice(0, 19).replace('T', ' ')}.${micros}`;
  const all = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
  // Its text ends its own line, and is printed as a line.
  return `${shown} container ${action} ${id} (${all.join(', ')})\n`;
}
