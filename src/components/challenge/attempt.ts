/** An attempt at a challenge: sets the machine up, watches its goals, and gives the hint for the state it is in. */
import { call, watch } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { labOfPage } from '../page/lab-of-page.ts';
import { soon } from '../page/soon.ts';
import { languageOf, pageWord } from '../page/words.ts';
import { type Beginning, begin, check, hintFor, isOwn } from './check.ts';
import type { Challenge } from './types.ts';

const LOOK_AFTER_MS = 120;

/** The containers that a challenge makes or asks for. */
function containersOf({ setup, goals }: Challenge): ReadonlySet<string> {
  const made = setup.flatMap((line) => /--name (\S+)/.exec(line)?.[1] ?? []);
  const wanted = goals.flatMap((goal) => ('container' in goal ? [goal.container] : 'exec' in goal ? [goal.exec[0]] : []));
  return new Set([...made, ...wanted]);
}

export class Attempt {
  readonly #host: HTMLElement;
  #beginning: Beginning | null = null;
  /** Checks soon. */
  readonly look = soon(LOOK_AFTER_MS, () => this.#check());

  constructor(host: HTMLElement) {
    this.#host = host;
    watch(labOfPage(), (action, actor) => {
      // Of a command in a container its end is enough. What a goal runs itself makes events too.
      const isNews = !/^exec_(create|start)/.test(action) && !isOwn(actor);
      if (this.#beginning && isNews) this.look();
    });
  }

  get #challenge(): Challenge {
    return JSON.parse(this.#host.dataset.challenge ?? '{}') as Challenge;
  }

  async begin(): Promise<void> {
    const lab = labOfPage();
    const challenge = this.#challenge;
    // Nothing is checked while the machine is being set up.
    this.#beginning = null;
    this.#say(`${pageWord('starting')} …`);
    // What an earlier attempt left is cleared by name, so that the setup can be made again.
    for (const name of containersOf(challenge)) await call(lab, `/containers/${name}?force=1&v=1`, { method: 'DELETE' }).catch(() => {});
    for (const line of challenge.setup) await lab.script(line);
    this.#beginning = await begin(lab, challenge);
    for (const name of ['look', 'again', 'solution-show']) this.#host.querySelector(`[data-${name}]`)?.removeAttribute('hidden');
    this.#host.querySelector('[data-begin]')?.setAttribute('hidden', '');
    this.#say('');
    await this.#check();
    const terminal = document.querySelector('drydock-terminal');
    terminal?.scrollIntoView({ block: 'nearest' });
    terminal?.dispatchEvent(new Event('drydock-open'));
  }

  async #check(): Promise<void> {
    if (!this.#beginning) return;
    const challenge = this.#challenge;
    const states = await check(labOfPage(), challenge, this.#beginning);
    for (const { id, reached } of states) {
      const row = this.#host.querySelector<HTMLElement>(`[data-goal="${id}"]`);
      row?.toggleAttribute('data-reached', reached);
      const mark = row?.querySelector('.mark');
      if (mark) mark.textContent = reached ? '☑' : '☐';
      row?.querySelector('.mark')?.setAttribute('aria-label', reached ? '✓' : '–');
    }
    const done = states.every(({ reached }) => reached);
    const hint = done ? null : await hintFor(labOfPage(), challenge, states);
    this.#say(done ? pageWord('solved') : (hint?.text[languageOf(document.documentElement.lang)] ?? ''));
    const reachedCount = states.filter(({ reached }) => reached).length;
    const count = this.#host.querySelector('[data-count]');
    if (count) count.textContent = `${reachedCount}/${states.length} ${pageWord('goals')}`;
  }

  #say(text: string): void {
    const hint = this.#host.querySelector<HTMLElement>('[data-hint]');
    if (!hint) return;
    hint.hidden = text === '';
    // Said again only if it changed: it is read aloud.
    if (hint.dataset.text === text) return;
    hint.dataset.text = text;
    hint.replaceChildren(...text.split('`').map((piece, index) => (index % 2 === 1 ? element('code', {}, piece) : piece)));
  }
}
