/** What is there in a machine, in Docker's terms, and how two machines differ in it: read off their Engines' API by looking. */
import type { Look } from '../engine/machine/types.ts';
import type { Stage } from './stage.ts';

export type Kind = 'container' | 'image' | 'volume' | 'network' | 'file';

/** A thing that both have differently, or that only one has: then the other side is null. */
export interface Difference {
  readonly kind: Kind;
  readonly name: string;
  readonly here: string | null;
  readonly there: string | null;
}

export interface Thing {
  readonly kind: Kind;
  readonly name: string;
  /** What can differ, as a reader would say it: `exited (0), volume data at /d`. */
  readonly is: string;
}

export type LookAt = (target: string) => Promise<Look>;

const ORDER: readonly Kind[] = ['container', 'volume', 'file', 'network', 'image'];
const MOST_FILES = 60;
const MOST_BYTES = 64 * 1024;
const VOLUMES = '/var/lib/docker/volumes';
/** Ids and checksums are shown as Docker shows them. */
const SHORT = 12;

interface Mount {
  readonly Type: string;
  readonly Name?: string;
  readonly Source: string;
  readonly Destination: string;
}
interface Container {
  readonly Names: readonly string[];
  readonly Image: string;
  readonly State: string;
  readonly Status: string;
  readonly Mounts?: readonly Mount[];
}
interface HostFile {
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
}

async function json<T>(look: LookAt, target: string, otherwise: T): Promise<T> {
  const seen = await look(target);
  return seen.kind === 'seen' && seen.status === 200 ? (JSON.parse(new TextDecoder().decode(seen.body)) as T) : otherwise;
}

const mountText = ({ Type, Name, Source, Destination }: Mount): string => `${Type} ${Name ?? Source} → ${Destination}`;

/** The state without its age: two worlds need not have been lived for as long. */
const stateText = ({ State, Status }: Container): string => `${State}${/\(\d+\)/.exec(Status)?.[0].replace(/^/, ' ') ?? ''}`;

async function containers(look: LookAt): Promise<Thing[]> {
  const all = await json<readonly Container[]>(look, '/containers/json?all=1', []);
  return all.map((container) => ({
    kind: 'container',
    name: (container.Names[0] ?? '').replace(/^\//, ''),
    is: [container.Image, stateText(container), ...(container.Mounts ?? []).map(mountText)].join(', '),
  }));
}

async function images(look: LookAt): Promise<Thing[]> {
  const all = await json<readonly { readonly Id: string; readonly RepoTags?: readonly string[] }[]>(look, '/images/json', []);
  return all.flatMap(({ Id, RepoTags = [] }) => {
    const id = Id.replace(/^sha256:/, '').slice(0, SHORT);
    return (RepoTags.length > 0 ? RepoTags : [id]).map((name): Thing => ({ kind: 'image', name, is: id }));
  });
}

async function networks(look: LookAt): Promise<Thing[]> {
  interface Network {
    readonly Name: string;
    readonly Driver: string;
    readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] | null };
  }
  const all = await json<readonly Network[]>(look, '/networks', []);
  return all.map(({ Name, Driver, IPAM }) => ({
    kind: 'network',
    name: Name,
    is: [Driver, IPAM?.Config?.[0]?.Subnet].filter(Boolean).join(' '),
  }));
}

/** Bytes told apart without keeping them (FNV-1a). */
function checksum(bytes: Uint8Array): string {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0');
}

async function files(look: LookAt, volume: string): Promise<Thing[]> {
  const things: Thing[] = [];
  const walk = async (folder: string): Promise<void> => {
    const path = `${VOLUMES}/${volume}/_data${folder}`;
    for (const { name, type, sizeBytes } of await json<readonly HostFile[]>(look, `/drydock/files?path=${encodeURIComponent(path)}`, [])) {
      if (things.length >= MOST_FILES) return;
      const file = `${folder}/${name}`;
      if (type === 'directory') await walk(file);
      else things.push({ kind: 'file', name: `${volume}:${file}`, is: await fileText(look, `${path}/${name}`, sizeBytes) });
    }
  };
  await walk('');
  return things;
}

async function fileText(look: LookAt, path: string, sizeBytes: number): Promise<string> {
  const seen = sizeBytes <= MOST_BYTES ? await look(`/drydock/files?path=${encodeURIComponent(path)}`) : null;
  return `${sizeBytes} B${seen?.kind === 'seen' ? `, ${checksum(seen.body)}` : ''}`;
}

async function volumes(look: LookAt): Promise<Thing[]> {
  const { Volumes } = await json<{ readonly Volumes: readonly { readonly Name: string; readonly Driver: string }[] | null }>(
    look,
    '/volumes',
    { Volumes: [] },
  );
  const things: Thing[] = [];
  for (const { Name, Driver } of Volumes ?? []) things.push({ kind: 'volume', name: Name, is: Driver }, ...(await files(look, Name)));
  return things;
}

/** Everything that Docker has there. */
export async function thingsOf(look: LookAt): Promise<readonly Thing[]> {
  return [...(await containers(look)), ...(await volumes(look)), ...(await networks(look)), ...(await images(look))];
}

const keyOf = ({ kind, name }: Thing): string => `${kind} ${name}`;

/** In the order of a reader's interest, then by name. */
export function differences(here: readonly Thing[], there: readonly Thing[]): readonly Difference[] {
  const [ours, theirs] = [new Map(here.map((thing) => [keyOf(thing), thing])), new Map(there.map((thing) => [keyOf(thing), thing]))];
  const all = [...ours.values(), ...[...theirs.values()].filter((thing) => !ours.has(keyOf(thing)))];
  return all
    .map((thing) => ({
      kind: thing.kind,
      name: thing.name,
      here: ours.get(keyOf(thing))?.is ?? null,
      there: theirs.get(keyOf(thing))?.is ?? null,
    }))
    .filter(({ here: left, there: right }) => left !== right)
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
}

/** What another world has otherwise than the one that is lived. */
export async function compared(stage: Stage, world: number): Promise<readonly Difference[]> {
  const known = stage.history.worlds.find(({ id }) => id === world);
  if (!known) return [];
  const machine = await stage.visit(known.entries, known.end);
  return differences(await thingsOf((target) => stage.look(target)), await thingsOf((target) => machine.look(target)));
}
