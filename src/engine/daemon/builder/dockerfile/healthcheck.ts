import type { HealthcheckConfig } from '../../../oci/config.ts';
import { parseDuration } from './duration.ts';
import { DockerfileError, quoted } from './errors.ts';
import { parseFlags } from './flags.ts';
import type { Node } from './nodes.ts';

const LEAST_NS = 1_000_000;
const MAX_INT32 = 2 ** 31 - 1;

/** HEALTHCHECK's arguments as the image's configuration. Throws DockerfileError. */
export function parseHealthcheck(node: Node): HealthcheckConfig {
  const [word, ...args] = node.args;
  if (word === undefined) throw new DockerfileError('HEALTHCHECK requires at least one argument');
  const type = word.toUpperCase();
  if (type === 'NONE') {
    if (args.length > 0) throw new DockerfileError('HEALTHCHECK NONE takes no arguments');
    return { Test: ['NONE'] };
  }
  const flags = parseFlags(node.flags, {
    interval: 'text',
    timeout: 'text',
    'start-period': 'text',
    'start-interval': 'text',
    retries: 'text',
  });
  if (type !== 'CMD') throw new DockerfileError(`Unknown type ${quoted(type)} in HEALTHCHECK (try CMD)`);
  if (args.length === 0) throw new DockerfileError('Missing command after HEALTHCHECK CMD');
  const spans = {
    Interval: span('interval', flags.text('interval')),
    Timeout: span('timeout', flags.text('timeout')),
    StartPeriod: span('start-period', flags.text('start-period')),
    StartInterval: span('start-interval', flags.text('start-interval')),
    Retries: retries(flags.text('retries')),
  };
  const given = Object.fromEntries(Object.entries(spans).filter(([, value]) => value !== 0));
  return { Test: [node.json ? 'CMD' : 'CMD-SHELL', ...args], ...given };
}

function span(name: string, text: string): number {
  if (text === '') return 0;
  const ns = parseDuration(text);
  if (ns !== 0 && ns < LEAST_NS) throw new DockerfileError(`Interval ${quoted(name)} cannot be less than 1ms`);
  return ns;
}

function retries(text: string): number {
  if (text === '') return 0;
  if (!/^[+-]?\d+$/.test(text)) throw new DockerfileError(`strconv.ParseInt: parsing ${quoted(text)}: invalid syntax`);
  const count = Number(text);
  if (Math.abs(count) > MAX_INT32) throw new DockerfileError(`strconv.ParseInt: parsing ${quoted(text)}: value out of range`);
  if (count < 0) throw new DockerfileError(`--retries cannot be negative (${count})`);
  return count;
}
