/** Looks inside for `<Processes>`: /proc and the cgroups, as far as an engine tells; sends signals from either side of the wall. */
import type { DrydockProcess } from '../../engine/api-types/index.ts';
import type { Lab } from '../../lab/lab.ts';
import { bytesOf } from '../page/bytes.ts';
import { call } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { statsOf } from '../page/stats.ts';
import { languageOf } from '../page/words.ts';
import { meterList, namespaceList, signalRow, starterLine } from './extras.ts';
import {
  fateOf,
  insideTree,
  type Limits,
  type Meter,
  metersOf,
  type NamespaceRow,
  namespacesOf,
  type Sender,
  startersOf,
  type Use,
} from './inside.ts';
import type { ContainerView } from './view-model.ts';
import { processesWords } from './words.ts';

const AGENT = 'Buttons';

interface Seen {
  readonly namespaces: readonly NamespaceRow[];
  readonly meters: readonly Meter[];
}

export class Inside {
  readonly #lab: Lab;
  readonly #show: ReadonlySet<string>;
  readonly #changed: () => void;
  readonly #language = languageOf(document.documentElement.lang);
  #processes: readonly DrydockProcess[] = [];
  readonly #before = new Map<string, Use>();
  readonly #seen = new Map<string, Seen>();
  readonly #told = new Map<string, { from: Sender; text: string; isNew: boolean }>();

  constructor(lab: Lab, show: string, changed: () => void) {
    this.#lab = lab;
    this.#show = new Set(show.split(',').map((word) => word.trim()));
    this.#changed = changed;
  }

  /** The same containers with both numbers of each process, where the engine tells them. */
  async look(views: readonly ContainerView[]): Promise<readonly ContainerView[]> {
    this.#processes = await call<readonly DrydockProcess[]>(this.#lab, '/drydock/processes').catch(() => []);
    const names = new Map(views.map(({ id, name }) => [id, name]));
    for (const view of views) {
      const meters = this.#show.has('cgroup') && view.state === 'running' ? await this.#meters(view.id) : [];
      this.#seen.set(view.id, { namespaces: namespacesOf(view.id, this.#processes, names), meters });
    }
    return views.map((view) => {
      const own = this.#processes.filter(({ Container }) => Container === view.id);
      return own.length > 0 && view.tree.length > 0 ? { ...view, tree: insideTree(own) } : view;
    });
  }

  async #meters(id: string): Promise<readonly Meter[]> {
    const use = await statsOf<Use>(this.#lab, id).catch(() => null);
    const { HostConfig } = await call<{ HostConfig: Limits }>(this.#lab, `/containers/${id}/json`);
    if (!use) return [];
    const meters = metersOf(use, this.#before.get(id) ?? null, HostConfig);
    this.#before.set(id, use);
    return meters;
  }

  /** What stands over a container's tree. */
  above({ id }: ContainerView): readonly HTMLElement[] {
    const starters = this.#show.has('host') ? startersOf(id, this.#processes) : [];
    return starters.length > 0 ? [starterLine(starters, this.#language)] : [];
  }

  /** What stands under a container's tree. */
  parts(view: ContainerView): readonly HTMLElement[] {
    const { namespaces = [], meters = [] } = this.#seen.get(view.id) ?? {};
    const told = this.#told.get(view.id) ?? null;
    if (told) this.#told.set(view.id, { ...told, isNew: false });
    const hasFirst = this.#processes.some(({ Container, NsPids }) => Container === view.id && NsPids.at(-1) === 1);
    return [
      ...(this.#show.has('signals') && view.state === 'running' && hasFirst
        ? [signalRow({ id: view.id, told, send: (signal, from) => void this.#send(view, signal, from) }, this.#language)]
        : []),
      ...(meters.length > 0 ? [meterList(meters, this.#language)] : []),
      ...(this.#show.has('ns') && namespaces.length > 0 ? [namespaceList(namespaces, this.#language)] : []),
    ];
  }

  words(view: ContainerView): readonly HTMLElement[] {
    const { namespaces = [], meters = [] } = this.#seen.get(view.id) ?? {};
    const words = processesWords[this.#language];
    const told = [
      ...(this.#show.has('ns') ? namespaces.map((row) => words.nsTold(view.name, row)) : []),
      ...meters.map(({ name, text }) => words.meterTold(view.name, name, text)),
    ];
    return told.map((text) => element('li', {}, text));
  }

  /** From inside: as a command in the container; from the host: the Engine's own `kill`. */
  async #send(view: ContainerView, signal: string, from: Sender): Promise<void> {
    const first = this.#processes.find(({ Container, NsPids }) => Container === view.id && NsPids.at(-1) === 1);
    if (first)
      this.#told.set(view.id, { from, text: processesWords[this.#language].fate(signal, from, fateOf(signal, from, first)), isNew: true });
    this.#changed();
    if (from === 'host')
      await call(this.#lab, `/containers/${view.id}/kill?signal=${signal}`, { method: 'POST', agent: AGENT }).catch(() => {});
    else {
      const body = { AttachStdout: true, AttachStderr: true, Cmd: ['kill', `-${signal.slice(3)}`, '1'] };
      const made = await call<{ Id: string }>(this.#lab, `/containers/${view.id}/exec`, { method: 'POST', json: body, agent: AGENT }).catch(
        () => null,
      );
      if (made)
        await bytesOf(this.#lab, `/exec/${made.Id}/start`, { method: 'POST', json: { Detach: false, Tty: false }, agent: AGENT }).catch(
          () => {},
        );
    }
    this.#changed();
  }
}
