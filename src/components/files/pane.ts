/** The file pane, brought to life: a list, an editor, and things that are dropped. */

import type { Lab } from '../../lab/lab.ts';
import { EngineError, watch } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { soon } from '../page/soon.ts';
import { languageOfFile, toned } from './highlight.ts';
import { containerNames, copyIn, copyOut, HOME, listHome, MOST_BYTES, readHost, removeHost, writeHost } from './host-files.ts';
import { filesWord } from './words.ts';

const LOOK_AFTER_MS = 120;
/** A shell writes files without an event of Docker's. */
const LOOK_EVERY_MS = 2000;
const DEFAULT_FOLDER = '/tmp';

const textIn = (bytes: Uint8Array): string | null => {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

function download(name: string, bytes: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export class FilesPane {
  readonly #lab: Lab;
  readonly #root: HTMLElement;
  #path: string | null = null;
  #disk = '';
  /** What was typed into a file and not saved, while another one is open. */
  readonly #drafts = new Map<string, string>();
  #listed = '';
  readonly #refresh = soon(LOOK_AFTER_MS, () => this.#load());

  constructor(root: HTMLElement, lab: Lab) {
    this.#root = root;
    this.#lab = lab;
    this.#area.addEventListener('input', () => this.#paint());
    this.#area.addEventListener('scroll', () => this.#follow());
    this.#area.addEventListener('keydown', (event) => this.#press(event));
    this.#on('save', () => void this.#try(() => this.#save()));
    this.#on('download', () => void this.#try(() => this.#download()));
    this.#on('remove', () => void this.#try(() => this.#remove()));
    this.#on('get', () => void this.#try(() => this.#get()));
    this.#find('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#try(() => this.#create());
    });
    this.#where.addEventListener('change', () => this.#choose());
    const upload = this.#find<HTMLInputElement>('[data-upload]');
    upload?.addEventListener('change', () => {
      const files = [...(upload.files ?? [])];
      // The same file may be chosen again.
      upload.value = '';
      void this.#try(() => this.#take(files));
    });
    this.#dropping();
    watch(lab, this.#refresh);
    lab.onTimeline(this.#refresh);
    setInterval(() => {
      if (!document.hidden && lab.isRunning) this.#refresh();
    }, LOOK_EVERY_MS);
  }

  get #area(): HTMLTextAreaElement {
    return this.#find<HTMLTextAreaElement>('textarea') ?? document.createElement('textarea');
  }

  get #where(): HTMLSelectElement {
    return this.#find<HTMLSelectElement>('[data-where]') ?? document.createElement('select');
  }

  get #folder(): string {
    return this.#find<HTMLInputElement>('[data-path]')?.value || DEFAULT_FOLDER;
  }

  #find<E extends Element>(selector: string): E | null {
    return this.#root.querySelector<E>(selector);
  }

  #on(name: string, act: () => void): void {
    this.#find(`[data-${name}]`)?.addEventListener('click', act);
  }

  #say(text: string): void {
    const said = this.#find('[data-say]');
    if (said && said.textContent !== text) said.textContent = text;
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      // A name that is none, or a folder where a file should be, is not the Engine's fault.
      if (error instanceof EngineError || error instanceof RangeError) this.#say(error.message);
      else this.#say(filesWord(error instanceof DOMException ? 'unreadable' : 'noEngine'));
    }
    this.#refresh();
  }

  async #load(): Promise<void> {
    try {
      this.#list(await listHome(this.#lab));
      this.#containers(await containerNames(this.#lab));
      await this.#reread();
    } catch {
      this.#list([]);
    }
  }

  #list(paths: readonly string[]): void {
    const listed = [...paths, '', this.#path ?? ''].join('\n');
    // What is the same stays in place: it may just be pressed, or read out.
    if (listed === this.#listed) return;
    this.#listed = listed;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.file : undefined;
    const rows = paths.map((path) => {
      const open = element(
        'button',
        {
          type: 'button',
          'data-file': path,
          'aria-current': path === this.#path ? 'true' : false,
          click: () => void this.#try(() => this.#open(path)),
        },
        path.slice(HOME.length + 1),
      );
      return element('li', {}, open);
    });
    this.#find('[data-list]')?.replaceChildren(...(rows.length > 0 ? rows : [element('li', { class: 'quiet' }, filesWord('empty'))]));
    if (focused !== undefined) this.#find<HTMLElement>(`[data-file="${CSS.escape(focused)}"]`)?.focus();
  }

  #containers(names: readonly string[]): void {
    const select = this.#where;
    const options = ['', ...names];
    if (options.join('\n') === [...select.options].map(({ value }) => value).join('\n')) return;
    const chosen = select.value;
    select.replaceChildren(...options.map((name) => element('option', { value: name }, name === '' ? filesWord('host') : name)));
    select.value = options.includes(chosen) ? chosen : '';
    this.#choose();
  }

  #choose(): void {
    const isHost = this.#where.value === '';
    for (const part of this.#root.querySelectorAll<HTMLElement>('[data-of]')) part.hidden = (part.dataset.of === 'host') !== isHost;
    const target = this.#find('[data-target]');
    if (target) target.textContent = isHost ? HOME : `${this.#where.value}:${this.#folder}`;
  }

  async #open(path: string): Promise<void> {
    const bytes = await readHost(this.#lab, path);
    if (this.#path !== null && this.#area.value !== this.#disk) this.#drafts.set(this.#path, this.#area.value);
    this.#path = path;
    await this.#show(bytes);
    const draft = this.#drafts.get(path);
    this.#drafts.delete(path);
    if (draft !== undefined) {
      this.#area.value = draft;
      this.#paint();
    }
    this.#area.focus();
  }

  async #show(bytes: Uint8Array): Promise<void> {
    const text = textIn(bytes);
    const editor = this.#find<HTMLElement>('[data-editor]');
    if (editor) editor.hidden = false;
    this.#area.hidden = text === null;
    this.#area.setAttribute('aria-label', `${filesWord('text')} ${this.#path ?? ''}`);
    this.#disk = this.#area.value = text ?? '';
    this.#say(text === null ? filesWord('binary') : '');
    this.#paint();
  }

  /** A file that a command has changed, or an undo, is shown as it is now, unless it is being edited. */
  async #reread(): Promise<void> {
    const path = this.#path;
    if (path === null || this.#area.value !== this.#disk) return;
    const bytes = await readHost(this.#lab, path).catch(() => null);
    // Another file may have been opened meanwhile, or this one edited.
    if (path !== this.#path || this.#area.value !== this.#disk) return;
    if (bytes === null) {
      const editor = this.#find<HTMLElement>('[data-editor]');
      if (editor) editor.hidden = true;
      this.#path = null;
    } else if ((textIn(bytes) ?? '') !== this.#disk) await this.#show(bytes);
  }

  #paint(): void {
    const text = this.#area.value;
    const language = languageOfFile(this.#path ?? '', text);
    const pieces = toned(text, language).map(({ text: piece, tone }) =>
      tone === '' ? piece : element('span', { class: `k-${tone}` }, piece),
    );
    this.#find('[data-tones]')?.replaceChildren(...pieces, '\n');
    const name = this.#find('[data-name]');
    if (name) name.textContent = `${(this.#path ?? '').slice(HOME.length + 1)}${text === this.#disk ? '' : ` · ${filesWord('unsaved')}`}`;
    this.#follow();
  }

  #follow(): void {
    const tones = this.#find<HTMLElement>('[data-tones]');
    if (!tones) return;
    tones.scrollTop = this.#area.scrollTop;
    tones.scrollLeft = this.#area.scrollLeft;
  }

  #press(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    void this.#try(() => this.#save());
  }

  async #save(): Promise<void> {
    if (this.#path === null) return;
    const text = this.#area.value;
    await writeHost(this.#lab, this.#path, new TextEncoder().encode(text));
    this.#disk = text;
    this.#paint();
    this.#say(filesWord('saved'));
  }

  async #create(): Promise<void> {
    const name = this.#find<HTMLInputElement>('[data-new]');
    const path = `${HOME}/${(name?.value ?? '').replace(/^\/+/, '')}`;
    if (!name || name.value.trim() === '') return;
    const isThere = (await listHome(this.#lab)).includes(path);
    if (!isThere) await writeHost(this.#lab, path, new Uint8Array());
    name.value = '';
    await this.#open(path);
  }

  async #remove(): Promise<void> {
    if (this.#path === null) return;
    await removeHost(this.#lab, this.#path);
    this.#disk = this.#area.value;
    this.#find<HTMLElement>('[data-new]')?.focus();
  }

  async #download(): Promise<void> {
    if (this.#path !== null) download(this.#path.split('/').pop() ?? 'file', await readHost(this.#lab, this.#path));
  }

  async #get(): Promise<void> {
    const { name, bytes } = await copyOut(this.#lab, this.#where.value, this.#folder);
    download(name.split('/').pop() ?? name, bytes);
  }

  async #take(chosen: readonly File[]): Promise<void> {
    if (chosen.some(({ size }) => size > MOST_BYTES)) return this.#say(filesWord('tooBig'));
    const files = await Promise.all(chosen.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
    const container = this.#where.value;
    if (container === '') for (const { name, bytes } of files) await writeHost(this.#lab, `${HOME}/${name}`, bytes);
    else await copyIn(this.#lab, { container, folder: this.#folder, files });
    this.#say(`${filesWord('copied')} ${files.map(({ name }) => name).join(', ')}`);
  }

  #dropping(): void {
    const root = this.#root;
    root.addEventListener('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      root.classList.add('dropping');
    });
    root.addEventListener('dragleave', () => root.classList.remove('dropping'));
    root.addEventListener('drop', (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      root.classList.remove('dropping');
      if (files.length === 0) return;
      event.preventDefault();
      void this.#try(() => this.#take(files));
    });
  }
}
