import { CliError } from '../../errors.ts';
import { bool, list, string } from '../../flags/index.ts';
import { atMost, command } from '../command.ts';
import { HIDDEN_BUILDER, TIMEOUT } from './plugin-flags.ts';

const DRIVERS = ['docker-container', 'kubernetes', 'remote'];

export const create = command({
  names: ['builder create'],
  summary: 'Create a new builder instance',
  as: 'buildx create',
  usage: '[OPTIONS] [CONTEXT|ENDPOINT]',
  args: atMost(1),
  complete: 'nothing',
  values: { driver: DRIVERS },
  flags: {
    append: bool('Append a node to builder instead of changing it'),
    bootstrap: bool('Boot builder after creation'),
    'buildkitd-config': string('BuildKit daemon config file'),
    'buildkitd-flags': string('BuildKit daemon flags'),
    config: string('BuildKit daemon config file', { hidden: true }),
    ...HIDDEN_BUILDER,
    driver: string('Driver to use (available: "docker-container", "kubernetes", "remote")'),
    'driver-opt': list('Options for the driver', { type: 'stringArray' }),
    leave: bool('Remove a node from builder instead of changing it'),
    name: string('Builder instance name'),
    node: string('Create/modify node with given name'),
    platform: list('Fixed platforms for current node', { type: 'stringArray' }),
    ...TIMEOUT,
    use: bool('Set the current builder instance'),
  },
  run: async ({ flags }) => {
    if (flags.name === 'default') throw new CliError('default is a reserved name and cannot be used to identify builder instance');
    if (flags.name !== '' && !/^[a-z][a-z0-9._-]*$/i.test(flags.name))
      throw new CliError(`invalid name ${flags.name}, name needs to start with a letter and may not contain symbols, except ._-`);
    if (flags.append && flags.name === '') throw new CliError('append requires a builder name');
    if (flags.driver === 'docker') throw new CliError('additional instances of driver "docker" cannot be created');
    if (flags.driver !== '' && !DRIVERS.includes(flags.driver)) throw new CliError(`failed to find driver ${JSON.stringify(flags.driver)}`);
    throw new CliError(`builders of the ${flags.driver || 'docker-container'} driver are not there in this client: build with "default"`);
  },
});
