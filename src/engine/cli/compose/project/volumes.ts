import { ProjectError } from './errors.ts';
import type { Mapping } from './value.ts';

const PROPAGATIONS = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

/** `source:target:options` as a mapping. Upstream: compose-go format.ParseVolume. */
export function volumeSpec(spec: string): Mapping {
  const refuse = (why: string): never => {
    throw new ProjectError(`invalid spec: ${spec}: ${why}`);
  };
  if (spec === '') throw new ProjectError('invalid empty volume spec');
  const parts = sections(spec);
  if (parts.includes('')) return refuse('empty section between colons');
  if (parts.length > 3) return refuse('too many colons');
  const [first = '', target = first, options = ''] = parts;
  const source = parts.length === 1 ? '' : first;
  const words = options.split(',');
  const propagation = words.find((word) => PROPAGATIONS.includes(word));
  const selinux = words.find((word) => word === 'z' || word === 'Z');
  const common = { ...(source === '' ? {} : { source }), target, ...(words.includes('ro') ? { read_only: true } : {}) };
  if (!/^[./~]/.test(source)) return { type: 'volume', ...common, volume: words.includes('nocopy') ? { nocopy: true } : {} };
  return {
    type: 'bind',
    ...common,
    bind: {
      ...(selinux === undefined ? {} : { selinux }),
      ...(propagation === undefined ? {} : { propagation }),
      create_host_path: true,
    },
  };
}

/** What colons separate; one letter before a colon is a drive of Windows, wherever it stands. */
function sections(spec: string): readonly string[] {
  const parts: string[] = [];
  let drive = '';
  for (const part of spec.split(/:(?![^{]*\})/)) {
    if (drive === '' && /^\p{L}$/u.test(part)) {
      drive = part;
      continue;
    }
    parts.push(drive === '' ? part : `${drive}:${part}`);
    drive = '';
  }
  return drive === '' ? parts : [...parts, drive];
}
