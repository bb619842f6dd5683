/** A packet's way as steps in order: who sends, by which route, over which bridge, what a rule did, where it ended and why. Pure. */
import type { DrydockFlow, DrydockHop, DrydockLookup, DrydockNetns } from '../../engine/api-types/index.ts';
import { isInside, type Topology, TUNNEL } from './topology.ts';
import type { NetworkWords } from './words.ts';

export type StepKind = 'name' | 'process' | 'route' | 'interface' | 'bridge' | 'rule' | 'rewrite' | 'end';

export interface Step {
  readonly kind: StepKind;
  readonly text: string;
  /** `172.17.0.2:40000 → 172.18.0.2:80`, as the packet says there. */
  readonly says: string;
  /** The end that was just rewritten. */
  readonly rewritten: 'source' | 'destination' | null;
  /** In full, as `iptables -S` prints it. */
  readonly rule: string;
  readonly isBad: boolean;
  /** What of the picture it is: a station's id, a lane's key, `host`, `outside`; empty if nothing. */
  readonly at: string;
  /** The cause of the rule. */
  readonly span: number;
}

export interface Way {
  readonly key: string;
  readonly title: string;
  readonly protocol: string;
  readonly steps: readonly Step[];
  /** Where it stopped, from 1; 0 if it arrived. */
  readonly stoppedAt: number;
  readonly atNs: string;
  /** The id of the container it came from; empty for the host and others. */
  readonly source: string;
}

interface Place {
  readonly name: string;
  readonly at: string;
  /** It is a container, and still there. */
  readonly isStation: boolean;
}

export interface Surroundings {
  readonly topology: Topology;
  readonly namespaces: readonly DrydockNetns[];
  readonly words: NetworkWords;
}

/**
 * Whose namespace that is. The first in the list is the host's; one that nobody knows is that of a container that is gone, if its address
 * is of a bridge, and else another machine's. An overlay has hidden ones on this host.
 */
function placeOf({ topology, namespaces, words }: Surroundings, namespace: number, ip: string): Place {
  const index = namespaces.findIndex(({ Namespace }) => Namespace === namespace);
  if (index === 0) return { name: words.host, at: 'host', isStation: false };
  const ids = namespaces[index]?.Containers ?? [];
  const station = topology.lanes.flatMap(({ stations }) => stations).find(({ id }) => ids.includes(id));
  if (station) return { name: station.name, at: station.id, isStation: true };
  if (index > 0) return { name: ids[0]?.slice(0, 12) ?? '', at: '', isStation: true };
  const lane = topology.lanes.find(({ kind, address }) => (kind === 'bridge' || kind === 'overlay') && isInside(ip, address));
  return { name: lane ? words.gone : words.otherMachine, at: lane?.key ?? 'outside', isStation: false };
}

interface Pair {
  readonly source: string;
  readonly destination: string;
}

const end = (ip: string, port: number): string => (port === 0 ? ip : `${ip}:${port}`);
const told = ({ source, destination }: Pair): string => `${source} → ${destination}`;

/** Hops that are worth a step. What passes unhindered by a policy, and the inner end of each cable, is not. */
function stepOf({ words, topology }: Surroundings, hop: DrydockHop, { pair, place }: { pair: Pair; place: Place }): Step | null {
  const base = { says: told(pair), rewritten: null, rule: '', isBad: false, at: place.at, span: 0 } as const;
  switch (hop.Kind) {
    case 'process':
      return { ...base, kind: 'process', text: words.step.sends(place.name, hop.Program) };
    case 'route':
      return { ...base, kind: 'route', text: words.step.route(hop.Destination, hop.Device, hop.Via ?? '') };
    case 'interface':
      if (hop.Name === TUNNEL)
        return { ...base, kind: 'interface', text: words.step[hop.Direction === 'out' ? 'wraps' : 'unwraps'](hop.Name) };
      if (place.at !== 'host' || /^(veth|br-|docker|lo$)/.test(hop.Name)) return null;
      return {
        ...base,
        at: 'card',
        kind: 'interface',
        text: hop.Direction === 'out' ? words.step.leaves(hop.Name) : words.step.enters(hop.Name),
      };
    case 'bridge': {
      const lane = topology.lanes.find(({ device, key }) => device === hop.Name || (key === place.at && hop.Name === HIDDEN_BRIDGE));
      return { ...base, kind: 'bridge', text: words.step.bridge(hop.Name, lane?.network ?? ''), at: lane?.key ?? place.at };
    }
    case 'rule': {
      const isBad = hop.Verdict === 'DROP' || hop.Verdict === 'REJECT';
      if (!isBad && hop.Table !== 'nat') return null;
      return { ...base, kind: 'rule', text: words.step.rule(hop.Table, hop.Chain, hop.Verdict), rule: hop.Spec, isBad, span: hop.Span };
    }
    case 'rewrite':
      return {
        ...{ ...base, kind: 'rewrite', rewritten: hop.What },
        text: hop.What === 'source' ? words.step.rewriteSource : words.step.rewriteDestination,
      };
    case 'neighbour':
      return hop.Mac === undefined ? { ...base, kind: 'end', text: words.step.noNeighbour(hop.Ip), isBad: true } : null;
    case 'end':
      return ending(words, hop, { base, place });
  }
}

/** The bridge in the hidden namespace of an overlay. */
const HIDDEN_BRIDGE = 'br0';

type Crossing = Extract<DrydockHop, { Kind: 'interface' }>;
/** Into the packet that carries it between two hosts, or out of it. */
const isCrossing = (hop: DrydockHop): hop is Crossing => hop.Kind === 'interface' && hop.Name === TUNNEL;

type Base = Omit<Step, 'kind' | 'text'>;

function ending(
  words: NetworkWords,
  { Reason }: Extract<DrydockHop, { Kind: 'end' }>,
  { base, place }: { base: Base; place: Place },
): Step | null {
  // The rule that did it stands there already, in full.
  if (Reason === 'dropped-by-rule' || Reason === 'rejected-by-rule') return null;
  if (Reason === 'delivered') return { ...base, kind: 'end', text: words.step.arrives(place.name, '') };
  return { ...base, kind: 'end', text: `${place.name}: ${words.ends[Reason] ?? Reason}`, isBad: true };
}

const LOOKED_UP_BEFORE_NS = 3_000_000_000n;

/** The question whose answer the sender went to. */
const lookupOf = (flow: DrydockFlow, source: string, lookups: readonly DrydockLookup[]): DrydockLookup | undefined =>
  lookups.findLast(
    ({ Container, Answers, AtNs }) =>
      (Container === source || source === '') &&
      Answers.includes(flow.To.Ip) &&
      BigInt(AtNs) <= BigInt(flow.AtNs) &&
      BigInt(flow.AtNs) - BigInt(AtNs) < LOOKED_UP_BEFORE_NS,
  );

export function wayOf(flow: DrydockFlow, lookups: readonly DrydockLookup[], around: Surroundings): Way {
  const { words } = around;
  const from = placeOf(around, flow.From.Namespace, flow.From.Ip);
  const source = from.isStation ? from.at : '';
  const lookup = lookupOf(flow, source, lookups);
  let pair: Pair = { source: end(flow.From.Ip, flow.From.Port), destination: end(flow.To.Ip, flow.To.Port) };
  const steps: Step[] = [];
  // Which half of a way between two hosts is on the other one follows from where it began.
  const [isHere, crosses] = [from.isStation || from.at === 'host', flow.There.some(isCrossing)];
  let crossed: 'no' | 'packed' | 'yes' = 'no';
  const where = (namespace: number): Place =>
    crosses && isHere === (crossed === 'yes')
      ? { name: words.otherMachine, at: 'outside', isStation: false }
      : placeOf(around, namespace, namespace === flow.From.Namespace ? flow.From.Ip : pair.destination.replace(/:\d+$/, ''));
  if (lookup)
    steps.push({
      kind: 'name',
      text: words.step.name(lookup.Name, lookup.Answers.join(', ')),
      says: '',
      rewritten: null,
      rule: '',
      isBad: false,
      at: source,
      span: 0,
    });
  for (const hop of flow.There) {
    if (hop.Kind === 'rewrite') pair = hop.What === 'source' ? { ...pair, source: hop.To } : { ...pair, destination: hop.To };
    const last = steps.at(-1);
    if (isCrossing(hop)) crossed = hop.Direction === 'out' ? 'packed' : 'yes';
    // Between the hosts it is the packet around it that is sent, by whatever lies there.
    if (crossed === 'packed' && hop.Kind === 'bridge') continue;
    if (hop.Kind === 'process' && steps.some(({ kind }) => kind === 'process')) {
      // Who takes it at the other end; that it was delivered need not be said twice.
      if (last?.kind === 'end') steps.pop();
      const place = where(hop.Namespace);
      steps.push({
        kind: 'end',
        text: words.step.arrives(place.name, hop.Program),
        says: told(pair),
        rewritten: null,
        rule: '',
        isBad: false,
        at: place.at,
        span: 0,
      });
      continue;
    }
    // Where it stopped, and why, is told once.
    if (hop.Kind === 'end' && last?.isBad) continue;
    const step = stepOf(around, hop, { pair, place: where(hop.Namespace) });
    if (step && crossed === 'packed' && !isCrossing(hop)) steps.push({ ...step, says: '' });
    else if (step && !(last && last.kind === step.kind && last.text === step.text)) steps.push(step);
  }
  const arrived = arrival(flow, steps, { words, pair, where });
  if (arrived) steps.push(arrived);
  const bad = steps.findIndex(({ isBad }) => isBad);
  const name = lookup?.Name ?? flow.To.Ip;
  return {
    ...{
      key: `flow ${flow.Id}`,
      title: `${from.isStation || from.at === 'host' ? from.name : flow.From.Ip} → ${end(name, flow.To.Port)}`,
      protocol: flow.Protocol,
      steps,
      atNs: flow.AtNs,
      source,
    },
    stoppedAt: bad + 1,
  };
}

/** An echo is answered by the kernel: no process takes it, and where it came in is the end of its way. */
function arrival(
  { There }: DrydockFlow,
  steps: readonly Step[],
  { words, pair, where }: { words: NetworkWords; pair: Pair; where: (namespace: number) => Place },
): Step | null {
  const [first, last] = [There[0], There.at(-1)];
  if (!first || last?.Kind !== 'interface' || last.Direction !== 'in' || last.Namespace === first.Namespace) return null;
  if (steps.some(({ isBad }) => isBad)) return null;
  const { name, at } = where(last.Namespace);
  return { kind: 'end', text: words.step.arrives(name, ''), says: told(pair), rewritten: null, rule: '', isBad: false, at, span: 0 };
}

/** A name that nobody knew: the way ends before it begins. */
function unknownName({ Id, AtNs, Container, Name }: DrydockLookup, { topology, words }: Surroundings): Way {
  const station = topology.lanes.flatMap(({ stations }) => stations).find(({ id }) => id === Container);
  const step: Step = {
    kind: 'name',
    text: words.step.noName(Name),
    says: '',
    rewritten: null,
    rule: '',
    isBad: true,
    at: Container,
    span: 0,
  };
  return {
    key: `name ${Id}`,
    title: `${station?.name ?? Container.slice(0, 12)} → ${Name}`,
    protocol: 'dns',
    steps: [step],
    stoppedAt: 1,
    atNs: AtNs,
    source: Container,
  };
}

/** The engine's own errands (pulls, answers of its name server) are nobody's packets here; another machine's only if they reach a container. */
const ENGINE = 'dockerd';
const OTHERS = 'agent';

const LOOPBACK = /^(127\.|::1$)/;

/** Whether it says something of the network. What a health check asks in its own container, and is answered, does not. */
export function isWorthShowing(
  { From, To, There, Outcome, HealthCheck }: DrydockFlow,
  { namespaces }: Pick<Surroundings, 'namespaces'>,
): boolean {
  if (To.Port === NAME_PORT || From.Port === NAME_PORT || There.length === 0 || From.Program === ENGINE) return false;
  const inside = new Set(namespaces.filter(({ Containers }) => Containers.length > 0).map(({ Namespace }) => Namespace));
  if (HealthCheck && LOOPBACK.test(To.Ip) && Outcome !== 'refused') return false;
  return From.Program !== OTHERS || There.some(({ Namespace }) => inside.has(Namespace));
}

const NAME_PORT = 53;
const MOST_WAYS = 12;

/** The newest first. Questions to name servers are part of what was asked them for. */
export function waysOf(flows: readonly DrydockFlow[], lookups: readonly DrydockLookup[], around: Surroundings): readonly Way[] {
  const ways = flows.filter((flow) => isWorthShowing(flow, around)).map((flow) => wayOf(flow, lookups, around));
  const known = new Set(lookups.filter(({ Answers }) => Answers.length > 0).map(({ Container, Name }) => `${Container} ${Name}`));
  const unknown = new Map(
    lookups
      .filter(({ Container, Name, Answers }) => Answers.length === 0 && !known.has(`${Container} ${Name}`))
      .map((lookup) => [`${lookup.Container} ${lookup.Name}`, lookup]),
  );
  return [...ways, ...[...unknown.values()].map((lookup) => unknownName(lookup, around))]
    .sort((a, b) => (BigInt(a.atNs) < BigInt(b.atNs) ? 1 : -1))
    .slice(0, MOST_WAYS);
}

/** The text twin of a way: its steps, numbered. */
export const wayInWords = ({ title, steps }: Way): readonly string[] => [
  title,
  ...steps.map(({ text, says, rule }, index) => `${index + 1}. ${text}${says === '' ? '' : `, ${says}`}${rule === '' ? '' : `: ${rule}`}`),
];
