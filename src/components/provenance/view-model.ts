/** Which command made what: requests, events, rules and links under the command that was typed; and back. Pure. */
import type { DrydockCauses, DrydockSpan } from '../../engine/api-types/index.ts';

export type ThingKind = DrydockCauses['Things'][number]['Kind'];

export interface Thing {
  readonly key: string;
  readonly kind: ThingKind;
  readonly text: string;
}

/** A command and all that it made, in the order in which it was made. */
export interface Deed {
  readonly key: string;
  readonly command: string;
  /** When it began: nanoseconds since 1970. */
  readonly atNs: string;
  readonly things: readonly Thing[];
  /** Nobody typed it: it made the machine what it was at the start. */
  readonly isPreparation: boolean;
}

export interface Deeds {
  /** The newest first. */
  readonly list: readonly Deed[];
  /** The command that the span belongs to. */
  commandOf(span: number): string | undefined;
  /** Who made a thing of that name: a layer's key, a link's name. */
  makerOf(kind: ThingKind, name: string): Deed | undefined;
}

const REQUEST = /^(GET|HEAD|POST|PUT|DELETE|PATCH) \//;
/** What runs by itself: its deeds are nobody's command. */
const BY_ITSELF = /^(agent|\S*dockerd|\S*containerd\S*|\S*init|\S*systemd\S*)( |$)/;
const LONG_ID = /\b(?:sha256:)?([0-9a-f]{12})[0-9a-f]{52}\b/g;
const VERSION_PREFIX = /^(\w+ )\/v\d+\.\d+(?=\/)/;

/** Every command asks first whether anybody is there. */
const GREETING = /^(HEAD|GET) (\/v\d+\.\d+)?\/_ping$/;

const short = (text: string): string => text.replace(VERSION_PREFIX, '$1').replace(LONG_ID, '$1');

/** An instruction of a Dockerfile, as a build names its steps. */
const STEP = /^(\[[^\]]+\] )?[A-Z]+ \S/;

/** What is said of a thing: a request as it was sent, a layer with the step that it comes from, everything else by its name. */
function textOf({ Kind, Name }: DrydockCauses['Things'][number], by: string | undefined): string {
  if (Kind === 'request') return by ?? Name;
  return Kind === 'layer' && by !== undefined && STEP.test(by) && !REQUEST.test(by) ? `${Name} ${by}` : Name;
}

/** From a span to the command: whoever sent the outermost request, or a button's request itself; without one, what was executed. */
function commandSpan(spans: ReadonlyMap<number, DrydockSpan>, id: number): DrydockSpan | undefined {
  const chain: DrydockSpan[] = [];
  for (let at = spans.get(id); at; at = spans.get(at.Parent)) chain.push(at);
  const outermost = chain.findLastIndex(({ Label }) => REQUEST.test(Label));
  const command = chain[outermost + 1];
  return command && !BY_ITSELF.test(command.Label) ? command : chain[outermost];
}

export function deedsOf({ Spans, Things }: DrydockCauses): Deeds {
  const spans = new Map(Spans.map((span) => [span.Id, span]));
  const deeds = new Map<number, { span: DrydockSpan; things: Thing[] }>();
  for (const thing of Things) {
    const { Span, Kind, Name } = thing;
    const command = commandSpan(spans, Span);
    if (!command) continue;
    const deed = deeds.get(command.Id) ?? { span: command, things: [] };
    const text = textOf(thing, spans.get(Span)?.Label);
    deeds.set(command.Id, deed);
    if (GREETING.test(text)) continue;
    deed.things.push({ key: `${Kind} ${Name}`, kind: Kind, text: short(text) });
  }
  const list = [...deeds.values()]
    .sort((a, b) => b.span.Id - a.span.Id)
    .map(({ span, things }): Deed => {
      const { Id, Label, AtNs, Parent } = span;
      return { key: String(Id), command: short(Label), atNs: AtNs, things, isPreparation: Parent === 0 && !REQUEST.test(Label) };
    });
  const makers = new Map(list.flatMap((deed) => deed.things.map(({ key }) => [key, deed] as const)));
  return {
    list,
    makerOf: (kind, name) => makers.get(`${kind} ${name}`),
    commandOf: (span) => {
      const found = commandSpan(spans, span);
      return found && short(found.Label);
    },
  };
}

const ORDER: readonly ThingKind[] = ['request', 'event', 'layer', 'link', 'rule'];

/** What a command made, kind by kind. */
export const byKind = ({ things }: Deed): readonly (readonly [ThingKind, readonly Thing[]])[] =>
  ORDER.flatMap((kind) => {
    const own = things.filter((thing) => thing.kind === kind);
    return own.length > 0 ? [[kind, own] as const] : [];
  });

/** The text twin. */
export const deedInWords = (deed: Deed, nothing: string): string =>
  `${deed.command}: ${deed.things.map(({ text }) => text).join('; ') || nothing}`;
