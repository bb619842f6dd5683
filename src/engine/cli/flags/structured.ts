/** Ulimits, and rates and weights of devices, as flags have them. */
import type { ThrottleDevice, Ulimit, WeightDevice } from '../../api-types/index.ts';
import { FlagValueError } from './flag.ts';
import { parseBytes, parseInteger } from './numbers.ts';

const ULIMITS = [
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
];

/** `nofile=100:200`. Upstream: docker/go-units ulimit.go. */
export function parseUlimit(text: string): Ulimit {
  const [name = '', value, ...more] = text.split('=');
  if (value === undefined || more.length > 0) throw new FlagValueError(`invalid ulimit argument: ${text}`);
  if (!ULIMITS.includes(name)) throw new FlagValueError(`invalid ulimit type: ${name}`);
  const parts = value.split(':');
  if (parts.length > 2) throw new FlagValueError(`too many limit value arguments - ${value}, can only have up to two, \`soft[:hard]\``);
  const soft = parseInteger(parts[0] ?? '');
  const hard = parts[1] === undefined ? soft : parseInteger(parts[1]);
  if (hard !== -1 && soft === -1)
    throw new FlagValueError(`ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: ${hard}`);
  if (hard !== -1 && soft > hard) throw new FlagValueError(`ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`);
  return { Name: name, Hard: hard, Soft: soft };
}

export function parseWeight(text: string): WeightDevice {
  const [path, value] = splitDevice(text);
  const weight = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(weight === 0 || (weight >= 10 && weight <= 1000))) throw new FlagValueError(`invalid weight for device: ${text}`);
  return { Path: path, Weight: weight };
}

export const parseBps = (text: string): ThrottleDevice =>
  throttle(text, parseBytes, 'Number must be a positive integer. Unit is optional and can be kb, mb, or gb');

export const parseIops = (text: string): ThrottleDevice =>
  throttle(text, (value) => parseInteger(value, 'ParseUint'), 'Number must be a positive integer');

function throttle(text: string, parse: (value: string) => number, rule: string): ThrottleDevice {
  const [path, value] = splitDevice(text);
  try {
    const rate = parse(value);
    if (rate >= 0) return { Path: path, Rate: rate };
  } catch (error) {
    if (!(error instanceof FlagValueError)) throw error;
  }
  throw new FlagValueError(`invalid rate for device: ${text}. The correct format is <device-path>:<number>[<unit>]. ${rule}`);
}

function splitDevice(text: string): [string, string] {
  const [path = '', value] = text.split(/:(.*)/s);
  if (value === undefined || path === '') throw new FlagValueError(`bad format: ${text}`);
  if (!path.startsWith('/dev/')) throw new FlagValueError(`bad format for device path: ${text}`);
  return [path, value];
}
