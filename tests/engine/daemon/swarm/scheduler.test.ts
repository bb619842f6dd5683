import { describe, expect, it } from 'vitest';
import type { NodeObject, TaskObject } from '../../../../src/engine/daemon/swarm/objects.ts';
import { constraintFault, matchesNode, parseConstraints } from '../../../../src/engine/daemon/swarm/scheduler/constraint.ts';
import { fittingNodes } from '../../../../src/engine/daemon/swarm/scheduler/filter.ts';

const GIB = 2 ** 30;

const node = (id: string, over: Partial<NodeObject> = {}): NodeObject => ({
  id,
  version: 1,
  createdNs: '0',
  updatedNs: '0',
  spec: { Labels: { zone: 'a' }, Role: 'manager', Availability: 'active' },
  description: {
    Hostname: id,
    Platform: { Architecture: 'x86_64', OS: 'linux' },
    Resources: { NanoCPUs: 2e9, MemoryBytes: 4 * GIB },
    Engine: { EngineVersion: '29.7.2', Plugins: [] },
  } as unknown as NodeObject['description'],
  status: { state: 'ready', message: '', addr: '10.0.0.1' },
  manager: null,
  attachments: {},
  ...over,
});

const task = (over: Partial<TaskObject> = {}): TaskObject =>
  ({
    id: 't',
    spec: { ForceUpdate: 0 },
    serviceId: 's',
    status: { timestampNs: '0', state: 'pending', message: '', err: '' },
    desiredState: 'running',
    endpoint: null,
    ...over,
  }) as TaskObject;

const matches = (text: string): boolean => matchesNode(parseConstraints([text]), node('n1'));

describe('constraints', () => {
  it('are told by the attributes of a node', () => {
    expect(
      [
        'node.id==n1',
        'node.hostname==n1',
        'node.role==manager',
        'node.labels.zone==a',
        'node.platform.os==linux',
        'node.labels.zone!=b',
      ].map(matches),
    ).toEqual([true, true, true, true, true, true]);
    expect(['node.id==n2', 'node.role!=manager', 'node.labels.nosuch==x', 'node.nosuch==x'].map(matches)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('need an operator, a key and a value', () => {
    expect(constraintFault(['node.role==manager'])).toBeUndefined();
    expect(constraintFault(['nonsense'])).toBe('constraint expected one operator from ==, !=');
    expect(constraintFault(['no key==x'])).toBe("key 'no key' is invalid");
    expect(constraintFault(['node.id=='])).toBe("value '' is invalid");
  });
});

describe('the filters of the scheduler', () => {
  const explained = (nodes: readonly NodeObject[], wanted: TaskObject, there: readonly TaskObject[] = []): string =>
    fittingNodes(
      nodes.map((one) => ({ node: one, tasks: there })),
      wanted,
    ).explanation;

  it('let a task go where nothing stands against it', () => {
    expect(fittingNodes([{ node: node('n1'), tasks: [] }], task()).fitting.length).toBe(1);
  });

  it('say why a node is turned away', () => {
    const drained = node('n1', { spec: { Labels: {}, Role: 'worker', Availability: 'drain' } });
    const port = { Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'host' } as const;
    expect([
      explained([drained], task()),
      explained([node('n1')], task({ spec: { ForceUpdate: 0, Resources: { Reservations: { NanoCPUs: 3e9 } } } })),
      explained([node('n1'), node('n2')], task({ spec: { ForceUpdate: 0, Placement: { Constraints: ['node.labels.zone==b'] } } })),
      explained([node('n1')], task({ spec: { ForceUpdate: 0, Placement: { Platforms: [{ Architecture: 'arm64', OS: 'linux' }] } } })),
      explained([node('n1')], task({ endpoint: { Ports: [port] } }), [task({ endpoint: { Ports: [port] } })]),
      explained([node('n1')], task({ spec: { ForceUpdate: 0, Placement: { MaxReplicas: 1 } } }), [task()]),
    ]).toEqual([
      '1 node not available for new tasks',
      'insufficient resources on 1 node',
      'scheduling constraints not satisfied on 2 nodes',
      'unsupported platform on 1 node',
      'host-mode port already in use on 1 node',
      'max replicas per node limit exceed',
    ]);
  });

  it('count what the tasks of a node have reserved', () => {
    const half = task({ spec: { ForceUpdate: 0, Resources: { Reservations: { MemoryBytes: 2 * GIB } } } });
    expect(explained([node('n1')], half, [half])).toBe('');
    expect(explained([node('n1')], half, [half, half])).toBe('insufficient resources on 1 node');
  });
});
