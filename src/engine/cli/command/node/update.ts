import type { NodeSpec } from '../../../api-types/index.ts';
import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { list, string } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { pairsOf } from '../service/values.ts';
import { nodeId } from './reference.ts';

export const update = command({
  names: ['node update'],
  summary: 'Update a node',
  usage: '[OPTIONS] NODE',
  args: exactly(1),
  complete: 'nodes',
  flags: {
    availability: string('Availability of the node ("active", "pause", "drain")'),
    'label-add': list('Add or update a node label ("key=value")'),
    'label-rm': list('Remove a node label if exists'),
    role: string('Role of the node ("worker", "manager")'),
  },
  run: async ({ client, args: [name = ''], flags, changed, out }) => {
    const { nodes } = swarmClient(client.http);
    const { ID, Version, Spec } = await nodes.inspect(await nodeId(client, name));
    const missing = flags['label-rm'].find((label) => Spec.Labels[label] === undefined);
    if (missing !== undefined) throw new CliError(`key ${missing} doesn't exist in node's labels`);
    const kept = Object.entries(Spec.Labels).filter(([label]) => !flags['label-rm'].includes(label));
    const wanted: NodeSpec = {
      ...Spec,
      Labels: { ...Object.fromEntries(kept), ...pairsOf(flags['label-add']) },
      ...(changed.has('role') && { Role: flags.role as NodeSpec['Role'] }),
      ...(changed.has('availability') && { Availability: flags.availability as NodeSpec['Availability'] }),
    };
    await nodes.update(ID, Version.Index, wanted);
    await out.line(name);
  },
});
