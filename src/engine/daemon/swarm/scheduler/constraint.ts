/** `node.role==manager`, `node.labels.disk!=ssd`. Upstream: swarmkit manager/constraint. */
import type { NodeObject } from '../objects.ts';

export interface Constraint {
  readonly key: string;
  readonly isEqual: boolean;
  readonly value: string;
}

const KEY = /^[a-z_][a-z0-9\-_.]+$/i;
const VALUE = /^[a-z0-9:\-_\s.*()?+[\]\\^$|/]+$/i;
const HOST = /^[0-9.]+(\/\d+)?$/;

export interface ConstraintFault {
  readonly fault: string;
}

/** What is wrong with them; undefined: nothing. */
export function constraintFault(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const read = readConstraint(text);
    if ('fault' in read) return read.fault;
  }
  return undefined;
}

/** Those that can be read: others were refused when they were given. */
export const parseConstraints = (texts: readonly string[]): readonly Constraint[] =>
  texts.map(readConstraint).filter((one): one is Constraint => !('fault' in one));

function readConstraint(text: string): Constraint | ConstraintFault {
  const [, left, operator, right] = /^(.*?)(==|!=)(.*)$/s.exec(text) ?? [];
  if (left === undefined || operator === undefined || right === undefined) return { fault: 'constraint expected one operator from ==, !=' };
  const [key, value] = [left.trim(), right.trim()];
  if (!KEY.test(key)) return { fault: `key '${key}' is invalid` };
  if (!VALUE.test(value)) return { fault: `value '${value}' is invalid` };
  return { key, isEqual: operator === '==', value };
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function attributeOf({ id, spec, description, status }: NodeObject, key: string): string | undefined {
  const name = key.toLowerCase();
  if (name === 'node.id') return id;
  if (name === 'node.hostname') return description.Hostname;
  if (name === 'node.role') return spec.Role;
  if (name === 'node.ip') return status.addr;
  if (name === 'node.platform.os') return description.Platform.OS;
  if (name === 'node.platform.arch') return description.Platform.Architecture === 'x86_64' ? 'amd64' : description.Platform.Architecture;
  if (name.startsWith('node.labels.')) return spec.Labels[key.slice('node.labels.'.length)] ?? '';
  if (name.startsWith('engine.labels.')) return description.Engine.Labels?.[key.slice('engine.labels.'.length)] ?? '';
  return undefined;
}

/** A key that nobody knows is met by no node. */
export const matchesNode = (constraints: readonly Constraint[], node: NodeObject): boolean =>
  constraints.every(({ key, isEqual, value }) => {
    const actual = attributeOf(node, key);
    if (actual === undefined) return false;
    if (key.toLowerCase() === 'node.ip' && HOST.test(value)) return (actual === value.replace(/\/32$/, '')) === isEqual;
    return isSame(actual, value) === isEqual;
  });
