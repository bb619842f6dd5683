/** `<drydock-network>`: the lanes by the Docker API; ways of packets where the engine tells of them. */
import type {
  ContainerSummary,
  DrydockCauses,
  DrydockFlow,
  DrydockLookup,
  DrydockNetns,
  NetworkInspect,
  NetworkSummary,
} from '../../engine/api-types/index.ts';
import type { Lab } from '../../lab/lab.ts';
import { call } from '../page/docker.ts';
import { element } from '../page/element.ts';
import type { Living } from '../page/live.ts';
import { redraw } from '../page/redraw.ts';
import { shapeElement } from '../page/shapes.ts';
import { languageOf } from '../page/words.ts';
import { type Deeds, deedsOf } from '../provenance/view-model.ts';
import { drawNetwork } from './draw.ts';
import { send, sendForm } from './send.ts';
import { focusOn, type Topology, topologyOf } from './topology.ts';
import { drawWay, drawWays, verdict } from './way-list.ts';
import { isWorthShowing, type Way, wayInWords, waysOf } from './ways.ts';
import { networkWords } from './words.ts';

/** Packets are no events of Docker's; they are looked for this often. */
const LOOK_EVERY_MS = 1500;
const MOST_REMEMBERED = 200;
/** Unknown to a real Engine: then there are lanes, and no ways. */
const maybe = <T>(lab: Lab, target: string): Promise<readonly T[]> => call<readonly T[]>(lab, target).catch(() => []);

interface Numbered {
  readonly Id: number;
}
const isAfter =
  (known: readonly Numbered[]) =>
  ({ Id }: Numbered): boolean =>
    Id > (known.at(-1)?.Id ?? 0);

class Network implements Living {
  readonly #host: HTMLElement;
  readonly #lab: Lab;
  readonly #words = networkWords[languageOf(document.documentElement.lang)];
  #topology: Topology = { lanes: [] };
  #names: readonly string[] = [];
  #address = '';
  #flows: readonly DrydockFlow[] = [];
  #lookups: readonly DrydockLookup[] = [];
  #namespaces: readonly DrydockNetns[] = [];
  #ways: readonly Way[] = [];
  #chosen: string | null = null;
  #from: string;
  #to: string;
  #printed = '';
  #moves = false;
  #deeds: Deeds | null = null;

  constructor(host: HTMLElement, lab: Lab) {
    this.#host = host;
    this.#lab = lab;
    const [from = '', to = ''] = (host.dataset.trace ?? '').split('>');
    this.#from = from.trim();
    this.#to = to.trim();
    setInterval(() => {
      if (!document.hidden && lab.isRunning) void this.#look().catch(() => {});
    }, LOOK_EVERY_MS);
  }

  async refresh(): Promise<void> {
    const lab = this.#lab;
    const networks: NetworkInspect[] = [];
    for (const { Id } of await call<readonly NetworkSummary[]>(lab, '/networks'))
      networks.push(await call<NetworkInspect>(lab, `/networks/${Id}`));
    const containers = await call<readonly ContainerSummary[]>(lab, '/containers/json');
    this.#topology = topologyOf(networks, containers);
    this.#names = containers.map(({ Names }) => Names[0]?.slice(1) ?? '').reverse();
    this.#namespaces = await maybe<DrydockNetns>(lab, '/drydock/namespaces');
    this.#address = this.#namespaces[0]?.Links.find(({ Kind }) => Kind === 'ethernet')?.Addresses[0]?.split('/')[0] ?? '';
    await this.#look();
    this.#deeds = await call<DrydockCauses>(lab, '/drydock/causes').then(deedsOf, () => null);
    this.#draw();
  }

  /** Asks for the ways that are not known yet. */
  async #look(): Promise<void> {
    const last = this.#flows.at(-1)?.Id ?? 0;
    const flows = await maybe<DrydockFlow>(this.#lab, `/drydock/flows?since=${last}`);
    const lookups = await maybe<DrydockLookup>(this.#lab, `/drydock/lookups?since=${this.#lookups.at(-1)?.Id ?? 0}`);
    // Somebody else may have asked meanwhile, and been told the same.
    const newFlows = flows.filter(isAfter(this.#flows));
    const newLookups = lookups.filter(isAfter(this.#lookups));
    if (newFlows.length === 0 && newLookups.length === 0) return;
    this.#flows = [...this.#flows, ...newFlows].slice(-MOST_REMEMBERED);
    this.#lookups = [...this.#lookups, ...newLookups].slice(-MOST_REMEMBERED);
    if (newFlows.some((flow) => isWorthShowing(flow, { namespaces: this.#namespaces }))) this.#chosen = null;
    this.#draw();
  }

  async #send(from: string, to: string): Promise<void> {
    const error = this.#host.querySelector('[data-error]');
    if (error) error.textContent = '';
    try {
      this.#printed = await send(this.#lab, from, to);
    } catch (refused) {
      if (error) error.textContent = refused instanceof Error ? refused.message : String(refused);
    }
    this.#moves = true;
    this.#chosen = null;
    await this.#look();
    this.#draw();
  }

  resize(): void {
    this.#draw();
  }

  #draw(): void {
    const words = this.#words;
    this.#ways = waysOf(this.#flows, this.#lookups, { topology: this.#topology, namespaces: this.#namespaces, words });
    const way = this.#ways.find(({ key }) => key === this.#chosen) ?? this.#ways[0] ?? null;
    const body = this.#host.querySelector<HTMLElement>('[data-body]');
    const others = way?.steps.some(({ at }) => at === 'outside') ? [this.#otherOf(way)] : [];
    const shown = focusOn(this.#topology, this.#host.dataset.focus ?? '', new Set(way?.steps.map(({ at }) => at)));
    const { picture } = drawNetwork(shown, {
      ...{ width: Math.max(300, body?.clientWidth ?? 0), words, way },
      outside: { address: this.#address, others },
    });
    const svg = shapeElement(picture);
    if (this.#moves) svg.classList.add('moves');
    this.#moves = false;
    redraw(body, element('div', { class: 'network-part' }, svg, ...this.#below(way)));
    const told = [...shown.lanes.map((lane) => this.#laneInWords(lane)), ...(way ? wayInWords(way) : [words.noWays])];
    this.#host.querySelector('[data-twin]')?.replaceChildren(...told.map((text) => element('li', {}, text)));
  }

  #otherOf(way: Way): string {
    const [first] = way.steps.filter(({ at, says }) => at === 'outside' && says !== '');
    const [source = '', destination = ''] = (first?.says ?? '').split(' → ');
    return (way.steps[0]?.at === 'outside' ? source : destination).replace(/:\d+$/, '');
  }

  #below(way: Way | null): readonly HTMLElement[] {
    const words = this.#words;
    const form = sendForm({
      ...{ names: this.#names, from: this.#from, to: this.#to, words },
      change: (from, to) => {
        this.#from = from;
        this.#to = to;
      },
      submit: (from, to) => {
        this.#from = from;
        this.#to = to;
        void this.#send(from, to);
      },
    });
    const printed =
      this.#printed === ''
        ? []
        : [element('pre', { class: 'printed', tabindex: '0', role: 'region', 'aria-label': words.sent, translate: 'no' }, this.#printed)];
    const choose = (key: string): void => {
      this.#chosen = key;
      this.#moves = true;
      this.#draw();
    };
    const shown = way
      ? [
          element('div', { class: 'shown' }, element('b', { translate: 'no' }, way.title), verdict(way, words)),
          drawWay(way, words, (span) => this.#deeds?.commandOf(span)),
        ]
      : [element('p', { class: 'dd-quiet' }, words.noWays)];
    const list = this.#ways.length > 1 ? [drawWays(this.#ways, { chosen: way?.key ?? null, words, choose })] : [];
    return [...(this.#names.length > 0 ? [form] : []), ...printed, ...shown, ...list];
  }

  #laneInWords({ kind, device, network, address, stations }: Topology['lanes'][number]): string {
    const who = stations.map(({ name, ip, published }) => [name, ip, ...published].filter((word) => word !== '').join(' ')).join(', ');
    if (kind === 'overlay') return this.#words.overlayTold(network, address, who || this.#words.nobody);
    return this.#words.bridgeTold(device || network, network, address, who || this.#words.nobody);
  }
}

export const mount = (host: HTMLElement, lab: Lab): Living => new Network(host, lab);
