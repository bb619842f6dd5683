/** `--resource memory=2g` and the old flags of the same names. Upstream: docker/buildx build/utils.go ParseResourceLimits. */
import type { Query } from '../../client/http.ts';
import { CliError } from '../../errors.ts';
import { FlagValueError } from '../../flags/index.ts';
import { parseBytes, parseInteger } from '../../flags/numbers.ts';
import { cutPair } from './csv.ts';

const bytes = (text: string): string => String(text === '-1' ? -1 : parseBytes(text));
const integer = (text: string): string => String(parseInteger(text));
const same = (text: string): string => text;

/** By name: the parameter of `POST /build`, and how its value is read. */
const RESOURCES = {
  memory: ['memory', bytes],
  'memory-swap': ['memswap', bytes],
  'cpu-shares': ['cpushares', integer],
  'cpu-period': ['cpuperiod', integer],
  'cpu-quota': ['cpuquota', integer],
  'cpuset-cpus': ['cpusetcpus', same],
  'cpuset-mems': ['cpusetmems', same],
} as const;
type Name = keyof typeof RESOURCES;

type Flags = { readonly [Flag in Name | 'resource']: readonly string[] };

/** The limits of the containers that RUN makes, as parameters. */
export function resourceQuery(flags: Flags): Query {
  const names = Object.keys(RESOURCES) as Name[];
  const pairs = [...names.flatMap((name) => flags[name].map((value) => [name, value] as const)), ...flags.resource.map(pairOf)];
  return Object.fromEntries(pairs.map(([name, value]) => [RESOURCES[name][0], read(name, value)]));
}

function pairOf(text: string): readonly [Name, string] {
  const [key, value] = cutPair(text);
  if (value === undefined) throw new CliError(`invalid resource ${JSON.stringify(text)}, expected key=value`);
  const name = key.trim();
  if (!Object.hasOwn(RESOURCES, name)) throw new CliError(`unknown resource ${JSON.stringify(name)}`);
  return [name as Name, value.trim()];
}

function read(name: Name, value: string): string {
  try {
    return RESOURCES[name][1](value);
  } catch (error) {
    if (!(error instanceof FlagValueError)) throw error;
    throw new CliError(`invalid value ${JSON.stringify(value)} for resource ${name}: ${error.message}`);
  }
}
