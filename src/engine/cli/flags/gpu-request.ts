/** `--gpus`: which devices a container asks for. Upstream: docker/cli opts/gpus.go. */
import type { DeviceRequest } from '../../api-types/index.ts';
import { FlagValueError } from './index.ts';

/** `all`, `2`, `driver=nvidia,count=1`, `"device=0,1"`. */
export function gpuRequest(text: string): DeviceRequest {
  const fields = [...text.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const set = new Map(fields.map((field): [string, string] => (field.includes('=') ? halves(field) : ['count', field])));
  const known = ['driver', 'count', 'device', 'capabilities', 'options'];
  for (const [key, value] of set) if (!known.includes(key)) throw new FlagValueError(`unexpected key '${key}' in '${key}=${value}'`);
  const capabilities = set.get('capabilities');
  return {
    Driver: set.get('driver') ?? '',
    Count: gpuCount(set.get('count') ?? (set.has('device') ? '0' : '1')),
    DeviceIDs: set.get('device')?.split(',') ?? null,
    Capabilities: [capabilities === undefined ? ['gpu'] : [...capabilities.split(','), 'gpu']],
    Options: Object.fromEntries(
      (set.get('options') ?? '')
        .split(',')
        .filter((option) => option !== '')
        .map(halves),
    ),
  };
}

function gpuCount(text: string): number {
  if (text === 'all') return -1;
  if (!/^[-+]?\d+$/.test(text)) throw new FlagValueError(`invalid count (${text}): value must be either "all" or an integer`);
  return Number(text);
}

const halves = (text: string): [string, string] => [
  text.split('=', 1)[0] ?? '',
  text.includes('=') ? text.slice(text.indexOf('=') + 1) : '',
];
