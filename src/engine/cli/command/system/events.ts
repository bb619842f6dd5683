import type { EventMessage } from '../../../api-types/index.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { CliError } from '../../errors.ts';
import { filter, string } from '../../flags/index.ts';
import { showEvent } from '../../formatter/events.ts';
import { TEMPLATE_PARSE_STATUS } from '../../formatter/inspect.ts';
import { struct, type Template, TemplateError, template } from '../../template/index.ts';
import { apiTime } from '../../timestamp.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_INSPECT } from '../texts.ts';

export const events = command({
  names: ['system events', 'events'],
  summary: 'Get real time events from the server',
  usage: '[OPTIONS]',
  args: noArgs,
  complete: 'nothing',
  valueKinds: { filter: 'event-filters' },
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string(FORMAT_INSPECT),
    since: string('Show all events created since timestamp'),
    until: string('Stream events until this timestamp'),
  },
  run: async ({ io, client, flags, out }) => {
    const format = flags.format === 'json' ? '{{json .}}' : flags.format;
    const parsed = format === '' ? null : parse(format);
    // A field that no event has is told of before there is one.
    if (parsed !== null) run(parsed, { message: NO_EVENT, text: '{}', nano: 0n });
    const nowNs = io.clock.nowNs();
    const answer = await client.system.events({
      since: apiTime(flags.since, nowNs),
      until: apiTime(flags.until, nowNs),
      filters: flags.filter,
    });
    await eachJsonLine<EventMessage>(answer, async (message, text) => {
      const nano = BigInt(/"timeNano":(\d+)/.exec(text)?.[1] ?? '0');
      await out.line(parsed === null ? showEvent(message, nano) : run(parsed, { message, text: text.trim(), nano }));
    });
  },
});

const NO_EVENT = { Type: '', Action: '', Actor: { ID: '', Attributes: {} }, scope: '', time: 0 } as unknown as EventMessage;

function parse(format: string): Template {
  try {
    return template(format);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`Error parsing format: ${error.message}`, TEMPLATE_PARSE_STATUS);
    throw error;
  }
}

function run(parsed: Template, event: { message: EventMessage; text: string; nano: bigint }): string {
  const { message } = event;
  const { ID, Attributes } = message.Actor;
  const fields = {
    Type: message.Type,
    Action: message.Action,
    Actor: struct('events.Actor', { ID, Attributes }),
    Scope: message.scope,
    Time: message.time,
    TimeNano: event.nano,
  };
  try {
    return parsed.run(struct('*events.Message', fields, () => event.text));
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`Error parsing format: ${error.message}`, TEMPLATE_PARSE_STATUS);
    throw error;
  }
}
