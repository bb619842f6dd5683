import { segment } from '../../client/http.ts';
import { CliError, DaemonError, isNotFound } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { type Inspected, inspectEach } from '../../formatter/inspect.ts';
import type { Kind } from '../../formatter/typed.ts';
import { decodeText } from '../../text.ts';
import { atLeast, type Context, command } from '../command.ts';
import { FORMAT_INSPECT } from '../texts.ts';

const TYPES = ['config', 'container', 'image', 'network', 'node', 'plugin', 'secret', 'service', 'task', 'volume'];
/** In the order in which a name is looked up; the swarm's kinds only where there is one. */
const SEARCHED = ['container', 'image', 'network', 'volume', 'service', 'task', 'node', 'plugin', 'secret', 'config'];
const typesInQuotes = (): string => TYPES.map((type) => JSON.stringify(type)).join(', ');
const OF_SWARM = ['service', 'task', 'node', 'secret', 'config'];

export const inspectAny = command({
  names: ['inspect'],
  summary: 'Return low-level information on Docker objects',
  usage: '[OPTIONS] NAME|ID [NAME|ID...]',
  args: atLeast(1),
  complete: 'objects',
  values: { type: ['config', 'container', 'image', 'network', 'node', 'plugin', 'secret', 'service', 'task', 'volume'] },
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
    size: bool('Display total file sizes if the type is container', { short: 's' }),
    type: string('Only inspect objects of the given type'),
  },
  run: async (context) => {
    const { args, flags, changed, out, err } = context;
    if (changed.has('type') && flags.type === '') throw new CliError(`type is empty: must be one of ${typesInQuotes()}`);
    if (changed.has('type') && !TYPES.includes(flags.type)) {
      throw new CliError(`unknown type: ${JSON.stringify(flags.type)}: must be one of ${typesInQuotes()}`);
    }
    const look = (name: string) =>
      flags.type === '' ? lookEverywhere(context, name, flags.size) : lookForOne(context, flags.type, { name, size: flags.size });
    return inspectEach({ names: args, format: flags.format, out, err }, look);
  },
});

async function lookEverywhere(context: Context, name: string, size: boolean): Promise<Inspected> {
  let isManager: boolean | undefined;
  for (const kind of SEARCHED) {
    if (OF_SWARM.includes(kind)) {
      isManager ??= (await context.client.system.info()).Swarm.ControlAvailable ?? false;
      if (!isManager) continue;
    }
    try {
      return await lookForOne(context, kind, { name, size });
    } catch (error) {
      if (!(isNotFound(error) || isOther(error))) throw error;
    }
  }
  throw new CliError(`error: no such object: ${name}`);
}

async function lookForOne(context: Context, kind: string, wanted: { name: string; size: boolean }): Promise<Inspected> {
  const found = await lookFor(context, kind, wanted);
  if (wanted.size && kind !== 'container') await context.err.text(`WARNING: --size ignored for ${kind}\n`);
  return found;
}

/** A name that this kind could not have. */
const isOther = (error: unknown): boolean => error instanceof DaemonError && (error.httpStatus === 400 || error.httpStatus === 501);

async function lookFor({ client }: Context, type: string, { name, size }: { name: string; size: boolean }): Promise<Inspected> {
  const of = async (kind: Kind, bytes: Promise<Uint8Array>): Promise<Inspected> => ({ raw: decodeText(await bytes), kind });
  switch (type) {
    case 'container':
      return of('container', client.containers.inspectRaw(name, { size }));
    case 'image':
      return of('image', client.images.inspectRaw(name));
    case 'network':
      return of('network', client.networks.inspectRaw(name));
    case 'volume':
      return of('volume', client.volumes.inspectRaw(name));
    case 'plugin':
      return of('plugin', client.system.inspectPluginRaw(name));
    default:
      return of(type as Kind, client.http.bytes('GET', `/${type}s/${segment(name)}`));
  }
}
