/** The window of the search: asks Pagefind's index for each word as it is typed, and shows pages with the places in them. */
import { element } from '../page/element.ts';
import { languageOf } from '../page/touch-words.ts';
import { searchQuery } from './korean-search.ts';
import { searchWords } from './search-words.ts';

/** What is used of Pagefind's own interface. */
interface Place {
  readonly url: string;
  readonly title: string;
  /** HTML: text, and `<mark>` around what was sought. */
  readonly excerpt: string;
}
interface FoundPage extends Omit<Place, 'title'> {
  readonly meta: { readonly title: string };
  readonly sub_results: readonly Place[];
}
interface Result {
  data(): Promise<FoundPage>;
}
interface Index {
  options(options: { readonly baseUrl: string }): Promise<void>;
  /** Null: something else was asked meanwhile. */
  debouncedSearch(query: string, options: object, waitMs: number): Promise<{ readonly results: readonly Result[] } | null>;
}

const AT_ONCE = 5;
const MOST_PLACES = 3;
const TYPING_MS = 120;
/** What has not come after that does not hold back the rest. */
const PATIENCE_MS = 4000;

const words = searchWords(languageOf(document.documentElement.lang));
const base = document.querySelector<HTMLMetaElement>('meta[name="drydock-base"]')?.content ?? '/';

let opened: Promise<Index> | null = null;

function openIndex(): Promise<Index> {
  opened ??= import(/* @vite-ignore */ `${base}pagefind/pagefind.js`).then(async (index: Index) => {
    await index.options({ baseUrl: base });
    return index;
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

/** Text with its marks; nothing else of what it may hold. */
const marked = (html: string): readonly Node[] =>
  [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].map((node) =>
    node instanceof HTMLElement && node.localName === 'mark'
      ? element('mark', {}, node.textContent ?? '')
      : new Text(node.textContent ?? ''),
  );

const excerpt = (html: string): HTMLElement => {
  const made = element('p', {});
  made.append(...marked(html));
  return made;
};

function drawPage({ url, meta, excerpt: text, sub_results }: FoundPage): HTMLElement {
  // What stands before the first heading is the page's own.
  const isOwn = ({ title }: Place): boolean => title === meta.title;
  const places = sub_results.filter((place) => !isOwn(place)).slice(0, MOST_PLACES);
  const own = sub_results.find(isOwn)?.excerpt ?? (places.length === 0 ? text : '');
  return element(
    'li',
    {},
    element('a', { href: url }, meta.title),
    ...(own === '' ? [] : [excerpt(own)]),
    ...(places.length === 0
      ? []
      : [
          element(
            'ul',
            {},
            ...places.map((place) => element('li', {}, element('a', { href: place.url }, place.title), excerpt(place.excerpt))),
          ),
        ]),
  );
}

/** Those of the promises that have come, in their order, when all have, or when waiting is over. */
async function whatCame<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  const came = new Map<number, T>();
  const all = promises.map(async (promise, index) => {
    const value = await promise.catch(() => undefined);
    if (value !== undefined) came.set(index, value);
  });
  await Promise.race([Promise.all(all), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  return [...came].sort(([a], [b]) => a - b).map(([, value]) => value);
}

class SearchWindow {
  readonly #input: HTMLInputElement;
  readonly #count: HTMLElement;
  readonly #list: HTMLElement;
  readonly #more: HTMLButtonElement;
  #results: readonly Result[] = [];
  #shown = 0;
  #asked = 0;

  constructor(dialog: HTMLDialogElement) {
    const find = <T extends HTMLElement>(selector: string): T => {
      const found = dialog.querySelector<T>(selector);
      if (!found) throw new Error(`The search has no ${selector}.`);
      return found;
    };
    this.#input = find('input');
    this.#count = find('[data-count]');
    this.#list = find('[data-found]');
    this.#more = find('[data-more]');
    // Also while a syllable is composed: in Korean the last one always is.
    this.#input.addEventListener('input', () => void this.#search());
    this.#more.addEventListener('click', () => void this.#showMore(true));
    dialog.addEventListener('keydown', (event) => this.#press(event));
    dialog.addEventListener('click', ({ target }) => {
      // Beside the window is the dialog itself; a link may lead to a place on this very page.
      if (target === dialog || (target instanceof Element && target.closest('a'))) dialog.close();
    });
    void this.#search();
  }

  async #search(): Promise<void> {
    const query = this.#input.value.trim();
    const turn = ++this.#asked;
    if (query === '') return this.#tell(words.clear);
    try {
      const found = await (await openIndex()).debouncedSearch(searchQuery(query), {}, TYPING_MS);
      if (!found || turn !== this.#asked) return;
      this.#results = found.results;
      this.#shown = 0;
      await this.#showMore(false, turn);
      if (turn === this.#asked) this.#count.textContent = words.found(found.results.length, query);
    } catch {
      if (turn === this.#asked) this.#tell(words.absent);
    }
  }

  #tell(sentence: string): void {
    this.#count.textContent = sentence;
    this.#list.replaceChildren();
    this.#more.hidden = true;
  }

  /** The next few, all at once, so that nothing moves under the hand. */
  async #showMore(isAsked: boolean, turn = this.#asked): Promise<void> {
    const next = this.#results.slice(this.#shown, this.#shown + AT_ONCE);
    const pages = await whatCame(next.map((result) => result.data()));
    if (turn !== this.#asked) return;
    if (!isAsked) this.#list.replaceChildren();
    this.#shown += next.length;
    const drawn = pages.map(drawPage);
    this.#list.append(...drawn);
    this.#more.hidden = this.#shown >= this.#results.length;
    if (isAsked) drawn[0]?.querySelector('a')?.focus();
  }

  /** Up and down go through what was found; Enter in the field takes the first. */
  #press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const links = [...this.#list.querySelectorAll('a')];
    const active = document.activeElement;
    const at = active instanceof HTMLAnchorElement ? links.indexOf(active) : -1;
    const isField = active === this.#input;
    if (event.key === 'Enter' && isField) links[0]?.click();
    else if (event.key === 'ArrowDown' && (isField || at >= 0)) links[Math.min(at + 1, links.length - 1)]?.focus();
    else if (event.key === 'ArrowUp' && at >= 0) (links[at - 1] ?? this.#input).focus();
    else return;
    event.preventDefault();
  }
}

const made = new WeakSet<HTMLDialogElement>();

/** Brings the dialog to life, once. */
export function searchIn(dialog: HTMLDialogElement): void {
  if (made.has(dialog)) return;
  made.add(dialog);
  new SearchWindow(dialog);
}
