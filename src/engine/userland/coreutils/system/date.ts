import { isErrno } from '../../../kernel/errno.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { namedZone, parseBusyboxDate, parseByFormat, plainFormat } from '../busybox-dates.ts';
import { parseDate, strftime, UTC, type Zone, zoneOf } from '../dates.ts';

const SPEC = {
  short: 'ud:r:s:I::RD:f:',
  long: {
    utc: 'u',
    universal: 'u',
    date: 'd:',
    reference: 'r:',
    set: 's:',
    'iso-8601': 'I::',
    'rfc-email': 'R',
    'rfc-2822': 'R',
    'rfc-3339': 'rfc-3339:',
  },
  usage: '[OPTIONS] [+FMT] [[-s] TIME]',
};
const ISO: Readonly<Record<string, string>> = {
  '': '%Y-%m-%d',
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
};
const RFC_3339: Readonly<Record<string, string>> = { date: '%Y-%m-%d', seconds: '%Y-%m-%d %H:%M:%S%:z', ns: '%Y-%m-%d %H:%M:%S.%N%:z' };

export const date: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(SPEC);
  const tz = sys.env.get('TZ');
  const zone = options.has('u') ? UTC : tool.isBusybox ? namedZone(zoneOf(tz), tz) : zoneOf(tz);
  const text = options.value('d');
  const reference = options.value('r');
  const wanted = options.value('s') ?? text;
  let ns: bigint | undefined = sys.clock.nowNs();
  if (wanted !== undefined) ns = parsed(tool, wanted, { format: options.value('D'), nowNs: ns, zone });
  if (ns === undefined) return tool.die(tool.isBusybox ? `invalid date '${wanted}'` : `invalid date ${quoted(wanted ?? '')}`);
  // Nobody here may set the clock: both go on to show what it would be.
  if (options.has('s'))
    await tool.warn(tool.isBusybox ? "can't set date: Operation not permitted" : 'cannot set date: Operation not permitted');
  if (reference !== undefined) ns = await timeOf(tool, reference);
  const [operand] = options.operands;
  if (operand !== undefined && !operand.startsWith('+'))
    return tool.die(tool.isBusybox ? `invalid date '${operand}'` : `invalid date ${quoted(operand)}`);
  const format = operand?.slice(1) ?? formatOf(options);
  await tool.out.write(`${strftime(tool.isBusybox ? plainFormat(format) : format, ns, zone)}\n`);
  return options.has('s') && !tool.isBusybox ? 1 : 0;
};

interface Reading {
  readonly format: string | undefined;
  readonly nowNs: bigint;
  readonly zone: Zone;
}

function parsed({ isBusybox }: Tool, text: string, { format, nowNs, zone }: Reading): bigint | undefined {
  if (!isBusybox) return parseDate(text, nowNs, zone);
  return format === undefined ? parseBusyboxDate(text, nowNs, zone) : parseByFormat(text, format, nowNs, zone);
}

function formatOf(options: { has(...keys: readonly string[]): boolean; value(key: string): string | undefined }): string {
  if (options.has('R')) return '%a, %d %b %Y %H:%M:%S %z';
  if (options.has('I')) return ISO[options.value('I') ?? ''] ?? '%Y-%m-%d';
  if (options.has('rfc-3339')) return RFC_3339[options.value('rfc-3339') ?? ''] ?? '%Y-%m-%d';
  return '%a %b %e %H:%M:%S %Z %Y';
}

async function timeOf(tool: Tool, path: string): Promise<bigint> {
  try {
    return tool.sys.path.stat(path).mtimeNs;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return tool.die(`${path}: ${error.message}`);
  }
}
