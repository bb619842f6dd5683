/** `<drydock-layers>`: follows the stacks it is asked for, and opens an archive that is dropped on it. */
import type { DrydockCauses } from '../../engine/api-types/index.ts';
import type { Lab } from '../../lab/lab.ts';
import { call } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { type Living, say } from '../page/live.ts';
import { redraw } from '../page/redraw.ts';
import { languageOf } from '../page/words.ts';
import { tellDeed, whenDeedIsTold } from '../provenance/told.ts';
import { type Deeds, deedsOf } from '../provenance/view-model.ts';
import { LARGEST_ARCHIVE, type OpenedArchive, openArchive } from './archive.ts';
import { diffLines, isText } from './diff.ts';
import { type Compared, drawLayers, type Gaze, type Scene } from './draw.ts';
import { LayerReader, type Subject, subjectsIn } from './engine.ts';
import { inOrder, type Layer, type Stack, versionsOf } from './view-model.ts';
import { layersInWords, layersWords } from './words.ts';

/** What happens inside a container is no event of Docker's; it is looked at this often while a reader does something. */
const LOOK_EVERY_MS = 2000;
const LEAST_COLUMN_PX = 150;

const namesIn = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

class Layers implements Living {
  readonly #host: HTMLElement;
  readonly #lab: Lab;
  readonly #reader: LayerReader;
  readonly #words = layersWords[languageOf(document.documentElement.lang)];
  readonly #show: ReadonlySet<string>;
  #chosen: readonly Subject[] | null;
  #archive: OpenedArchive | null = null;
  #stacks: readonly Stack[] = [];
  #gaze: Gaze = { stack: 0, layer: Number.POSITIVE_INFINITY, folder: null, file: null };
  #compared: readonly (Compared | null)[] = [];
  #known: ReadonlySet<string> = new Set();
  /** Null: this engine tells no causes. */
  #deeds: Deeds | null = null;
  #deedNs: string | null = null;

  constructor(host: HTMLElement, lab: Lab) {
    this.#host = host;
    this.#lab = lab;
    this.#reader = new LayerReader(lab);
    this.#show = new Set(namesIn(host.dataset.show));
    const named = [
      ...namesIn(host.dataset.container).map((name): Subject => ({ kind: 'container', name })),
      ...namesIn(host.dataset.image).map((name): Subject => ({ kind: 'image', name })),
    ];
    this.#chosen = named.length > 0 ? named : null;
    this.#hands();
    whenDeedIsTold(this, (atNs) => {
      this.#deedNs = atNs;
      this.#draw();
    });
    setInterval(() => {
      if (!document.hidden && lab.isRunning && this.#stacks.some(({ layers }) => layers.at(-1)?.kind === 'writable'))
        void this.refresh().catch(() => {});
    }, LOOK_EVERY_MS);
  }

  #hands(): void {
    const input = this.#host.querySelector<HTMLInputElement>('[data-archive] input');
    input?.addEventListener('change', () => {
      void this.#open(input.files?.[0]);
      // The same file may be chosen again.
      input.value = '';
    });
    this.#host.querySelector('[data-back]')?.addEventListener('click', () => this.#leaveArchive());
    const hover = (isOver: boolean) => (event: DragEvent) => {
      event.preventDefault();
      this.#host.classList.toggle('over', isOver);
    };
    this.#host.addEventListener('dragover', hover(true));
    this.#host.addEventListener('dragleave', hover(false));
    this.#host.addEventListener('drop', (event) => {
      hover(false)(event);
      void this.#open(event.dataTransfer?.files[0]);
    });
    const select = this.#host.querySelector<HTMLSelectElement>('[data-choose]');
    select?.addEventListener('change', () => {
      const [kind, ...name] = select.value.split(' ');
      this.#archive = null;
      this.#chosen = [{ kind: kind === 'image' ? 'image' : 'container', name: name.join(' ') }];
      this.#begin();
      void this.refresh();
    });
  }

  async #open(file: File | undefined): Promise<void> {
    if (!file) return;
    const error = this.#host.querySelector('[data-error]');
    const tell = (text: string): void => {
      if (error) error.textContent = text;
    };
    try {
      if (file.size > LARGEST_ARCHIVE) throw new Error(this.#words.tooLarge);
      if (this.#stacks.length === 0) say(this.#host, this.#words.opening(file.name));
      this.#archive = openArchive(new Uint8Array(await file.arrayBuffer()));
      this.#begin();
      this.#take(this.#archive.stacks, file.name);
      this.#showBack(true);
      tell('');
    } catch (refused) {
      tell(`${file.name}: ${refused instanceof Error ? refused.message : String(refused)}`);
      if (this.#stacks.length === 0) await this.refresh();
    }
  }

  /** From an archive back to what the machine has, where the author named it; otherwise one chooses from the list. */
  #showBack(isShown: boolean): void {
    const back = this.#host.querySelector<HTMLElement>('[data-back]');
    const named = this.#host.dataset.container ?? this.#host.dataset.image;
    if (!back || named === undefined) return;
    back.textContent = this.#words.backTo(named);
    back.hidden = !isShown;
  }

  #leaveArchive(): void {
    this.#archive = null;
    this.#begin();
    this.#showBack(false);
    const heading = this.#host.querySelector('[data-subject]');
    if (heading) heading.textContent = this.#host.dataset.container ?? this.#host.dataset.image ?? '';
    this.#host.querySelector<HTMLElement>('[data-archive] input')?.focus();
    void this.refresh();
  }

  #begin(): void {
    this.#known = new Set();
    this.#gaze = { stack: 0, layer: Number.POSITIVE_INFINITY, folder: null, file: null };
  }

  async refresh(): Promise<void> {
    if (this.#archive) return this.#draw();
    const subjects = this.#host.dataset.container || this.#host.dataset.image ? [] : await this.#offer();
    const chosen = this.#chosen ?? subjects.slice(0, 1);
    const stacks: Stack[] = [];
    for (const subject of chosen) {
      const stack = await this.#reader.stack(subject);
      if (stack && stack.layers.length > 0) stacks.push(stack);
    }
    if (stacks.length === 0) {
      this.#stacks = [];
      return say(this.#host, chosen.length > 0 ? this.#words.gone(chosen.map(({ name }) => name).join(', ')) : this.#words.nothing);
    }
    this.#deeds = await call<DrydockCauses>(this.#lab, '/drydock/causes').then(deedsOf, () => null);
    this.#take(inOrder(stacks), stacks.map(({ name }) => name).join(', '));
    await this.#compare();
  }

  /** Without a name from the author, a reader chooses. */
  async #offer(): Promise<readonly Subject[]> {
    const subjects = await subjectsIn(this.#lab);
    const select = this.#host.querySelector<HTMLSelectElement>('[data-choose]');
    if (select) {
      const value = select.value;
      select.replaceChildren(...subjects.map(({ kind, name }) => element('option', { value: `${kind} ${name}` }, name)));
      select.hidden = subjects.length === 0;
      if ([...select.options].some((option) => option.value === value)) select.value = value;
    }
    return subjects;
  }

  #take(stacks: readonly Stack[], subject: string): void {
    this.#stacks = stacks;
    const heading = this.#host.querySelector('[data-subject]');
    if (heading) heading.textContent = subject;
    this.#draw();
  }

  #look(gaze: Partial<Gaze>): void {
    this.#gaze = { ...this.#gaze, ...gaze };
    this.#compared = [];
    this.#draw();
    void this.#compare();
  }

  /** Fetches a file's bytes of each layer and compares each with the one below. */
  async #compare(): Promise<void> {
    const { file } = this.#gaze;
    if (file === null) return;
    const layers = this.#stacks[this.#gaze.stack]?.layers ?? [];
    const compared: (Compared | null)[] = [];
    let before: Uint8Array | null = null;
    for (const { index, file: version } of versionsOf(layers, file)) {
      const key = layers[index]?.key ?? '';
      const bytes: Uint8Array | null =
        version.type === 'file' ? (this.#archive ? this.#archive.read(key, file) : await this.#reader.read(key, file)) : null;
      compared.push(bytes ? this.#difference(before, bytes) : version.target === undefined ? null : { note: `→ ${version.target}` });
      before = bytes;
    }
    if (this.#gaze.file !== file) return;
    this.#compared = compared;
    this.#draw();
  }

  #difference(before: Uint8Array | null, after: Uint8Array): Compared {
    if (!isText(after) || (before && !isText(before))) return { note: this.#words.binary };
    const [old, now] = [before ?? new Uint8Array(), after].map((bytes) => new TextDecoder().decode(bytes));
    if (before && old === now) return { note: this.#words.same };
    const lines = diffLines(old ?? '', now ?? '');
    return lines ? { lines } : { note: this.#words.tooLong };
  }

  resize(): void {
    this.#draw();
  }

  #draw(): void {
    if (this.#stacks.length === 0) return;
    const room = Math.max(
      1,
      Math.floor(this.#host.clientWidth / LEAST_COLUMN_PX / (this.#show.has('files') && this.#host.clientWidth > 620 ? 2 : 1)),
    );
    const stacks = this.#stacks.slice(0, room);
    const stack = Math.min(this.#gaze.stack, stacks.length - 1);
    const layer = Math.min(this.#gaze.layer, (stacks[stack]?.layers.length ?? 1) - 1);
    const scene: Scene = {
      ...{ stacks, more: this.#stacks.length - stacks.length, gaze: { ...this.#gaze, stack, layer }, show: this.#show },
      ...{ words: this.#words, look: (gaze: Partial<Gaze>) => this.#look(gaze), known: this.#known },
      ...{ makerOf: ({ key }: Layer) => this.#deeds?.makerOf('layer', key), deedNs: this.#deedNs },
      choose: ({ atNs }: { readonly atNs: string }) => {
        this.#deedNs = atNs;
        tellDeed(this, atNs);
        this.#draw();
      },
    };
    const body = this.#host.querySelector('[data-body]');
    redraw(body, drawLayers(scene, this.#compared));
    this.#known = new Set([...(body?.querySelectorAll('[data-key]') ?? [])].map((node) => node.getAttribute('data-key') ?? ''));
    const told = layersInWords(this.#stacks, languageOf(document.documentElement.lang));
    this.#host.querySelector('[data-twin]')?.replaceChildren(...told.map((text) => element('li', {}, text)));
  }
}

export const mount = (host: HTMLElement, lab: Lab): Living => new Layers(host, lab);
