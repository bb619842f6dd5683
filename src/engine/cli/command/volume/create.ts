import { CliError } from '../../errors.ts';
import { list, map, string } from '../../flags/index.ts';
import { atMost, command } from '../command.ts';
import { notYet } from '../not-yet.ts';

const CLUSTER = [
  'availability',
  'group',
  'limit-bytes',
  'required-bytes',
  'scope',
  'secret',
  'sharing',
  'topology-preferred',
  'topology-required',
  'type',
];

export const create = command({
  names: ['volume create'],
  summary: 'Create a volume',
  usage: '[OPTIONS] [VOLUME]',
  args: atMost(1),
  flags: {
    driver: string('Specify volume driver name', { short: 'd', initial: 'local' }),
    label: list('Set metadata for a volume', { check: 'label' }),
    opt: map('Set driver specific options', { short: 'o' }),
    name: string('Specify volume name', { hidden: true }),
  },
  run: async ({ client, args: [name], flags, changed, out }) => {
    if (name !== undefined && flags.name !== '')
      throw new CliError('conflicting options: cannot specify a volume-name through both --name and as a positional arg');
    for (const flag of CLUSTER) if (changed.has(flag)) throw notYet(`'docker volume create --${flag}'`);
    const labels = Object.fromEntries(flags.label.map((one) => [one.split('=')[0] ?? '', one.split(/=(.*)/s)[1] ?? '']));
    const volume = await client.volumes.create({
      Driver: flags.driver,
      ...(Object.keys(flags.opt).length === 0 ? {} : { DriverOpts: flags.opt }),
      ...(flags.label.length === 0 ? {} : { Labels: labels }),
      ...((name ?? flags.name) === '' ? {} : { Name: name ?? flags.name }),
    });
    await out.line(volume.Name);
  },
});
