import type { EventMessage } from '../../api-types/index.ts';
import { parseReference } from '../../oci/reference.ts';
import { type Filters, matchesLabels, wantedOf } from '../filters.ts';

const BY_TYPE = ['container', 'network', 'volume', 'plugin', 'daemon', 'service', 'node', 'secret', 'config'] as const;

/** Whether an event passes. A filter that nobody knows is ignored. Upstream: moby daemon/events/filter.go. */
export function passes(event: EventMessage, filters: Filters): boolean {
  return (
    hasAction(event, wantedOf(filters, 'event')) &&
    among(wantedOf(filters, 'type'), event.Type) &&
    among(wantedOf(filters, 'scope'), event.scope) &&
    BY_TYPE.every((type) => isOf(event, type, wantedOf(filters, type))) &&
    isImage(event, wantedOf(filters, 'image')) &&
    matchesLabels(filters, event.Actor.Attributes)
  );
}

const among = (wanted: readonly string[], value: string): boolean => wanted.length === 0 || wanted.includes(value);

/** `exec_create` also means `exec_create: true`; `health_status` also `health_status: healthy`. */
const hasAction = ({ Action }: EventMessage, wanted: readonly string[]): boolean =>
  wanted.length === 0 || wanted.some((text) => Action === text || Action.startsWith(`${text}:`));

function isOf(event: EventMessage, _type: (typeof BY_TYPE)[number], wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  return wanted.some((text) => event.Actor.ID.startsWith(text) || event.Actor.Attributes.name?.startsWith(text) === true);
}

function isImage(event: EventMessage, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const names = [
    event.Type === 'image' ? event.Actor.ID : '',
    event.Actor.Attributes[event.Type === 'image' ? 'name' : 'image'] ?? '',
  ].filter((name) => name !== '');
  return wanted.some((text) => names.some((name) => name === text || withoutTag(name) === text));
}

function withoutTag(name: string): string {
  try {
    const { tag } = parseReference(name);
    return tag === undefined ? name : name.slice(0, -(tag.length + 1));
  } catch {
    return name;
  }
}
