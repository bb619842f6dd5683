/*
 * <drydock-lab example="layers/five"> puts an example of the book into any page. Nothing is asked of the book before the reader presses
 * Run; then a frame opens the book's own page of that example, with a machine of its own. Attributes: `example` (required), `lang`
 * (`en` or `ko`; otherwise the page's), `theme` (`light` or `dark`; otherwise the page's). What is written inside the element is shown until then.
 */
(() => {
  if (customElements.get('drydock-lab')) return;
  const BOOK = new URL('.', document.currentScript?.src ?? location.href).href;
  const EXAMPLE = /^[a-z0-9-]+\/[a-z0-9-]+$/;
  const LEAST_HEIGHT = 240;
  const MOST_HEIGHT = 4000;
  const WORDS = {
    en: {
      run: 'Run this in the page',
      offer: 'A computer with Docker on it, in this page. It starts when you press Run.',
      frame: 'Example of Drydock',
      wrong: 'An example is named by its lesson and its name, as in example="layers/five".',
      book: 'From Drydock',
    },
    ko: {
      run: '이 페이지에서 실행',
      offer: '도커가 설치된 컴퓨터를 이 페이지에서 쓸 수 있습니다. 실행을 누르면 켜집니다.',
      frame: 'Drydock 예제',
      wrong: 'example="layers/five"처럼 레슨과 예제의 이름을 적어 주세요.',
      book: 'Drydock에서',
    },
  };
  const STYLE = `
    :host { all: initial; display: block; margin: 1.5em 0; color-scheme: light dark; --ink: light-dark(#10252d, #e4edeb); --quiet: light-dark(#3f535a, #b3c3c4); }
    :host([hidden]) { display: none; }
    :host([theme='light']) { color-scheme: light; }
    :host([theme='dark']) { color-scheme: dark; }
    section { box-sizing: border-box; border: 1px solid light-dark(#cfd9d7, #2a3b42); background: light-dark(#fff, #142127); color: var(--ink); font: 15px/1.6 system-ui, 'Noto Sans KR', sans-serif; word-break: keep-all; overflow-wrap: anywhere; }
    header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding: 8px 16px; border-block-end: 3px solid #ffc83d; }
    b { font-weight: 700; letter-spacing: -0.02em; }
    code { color: var(--quiet); font: 13px/1.4 ui-monospace, monospace; }
    button { margin-inline-start: auto; min-block-size: 36px; padding: 0 14px; border: 1px solid #10252d; border-radius: 2px; background: #ffc83d; color: #10252d; font: inherit; font-weight: 500; cursor: pointer; }
    @media (pointer: coarse) { button { min-block-size: 44px; } }
    button:hover { background: #ffb70f; }
    button:focus-visible, a:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
    .inside { padding: 12px 16px; color: var(--quiet); overflow-x: auto; }
    footer { padding: 0 16px 10px; font-size: 13px; }
    a { color: var(--ink); text-decoration: underline 2px #ffc83d; text-underline-offset: 0.22em; }
    iframe { display: block; inline-size: 100%; border: 0; color-scheme: inherit; background: transparent; }
  `;

  const make = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  class DrydockLab extends HTMLElement {
    static observedAttributes = ['example', 'lang', 'theme'];
    #root = this.attachShadow({ mode: 'open' });
    #frame = null;

    constructor() {
      super();
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.#root.adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      addEventListener('message', this.#fit);
      if (!this.#frame) this.#draw();
    }

    disconnectedCallback() {
      removeEventListener('message', this.#fit);
      this.#frame = null;
    }

    attributeChangedCallback(name, before, after) {
      if (!this.isConnected || before === after) return;
      if (this.#frame) this.#open();
      else this.#draw();
    }

    get #language() {
      return (this.closest('[lang]')?.lang ?? navigator.language).startsWith('ko') ? 'ko' : 'en';
    }

    get #theme() {
      const theme = this.getAttribute('theme');
      return theme === 'light' || theme === 'dark' ? `?theme=${theme}` : '';
    }

    get #address() {
      const example = this.getAttribute('example') ?? '';
      return EXAMPLE.test(example) ? `${BOOK}${this.#language === 'ko' ? 'ko/' : ''}embed/${example}/${this.#theme}` : null;
    }

    /** What stands there before anything runs. */
    #draw() {
      const words = WORDS[this.#language];
      const inside = make('div', { class: 'inside' }, make('slot', {}, this.#address ? words.offer : words.wrong));
      const head = make('header', {}, make('b', { translate: 'no' }, 'Drydock'), make('code', { translate: 'no' }, this.getAttribute('example') ?? ''));
      const link = make('a', { href: `${BOOK}${this.#language === 'ko' ? 'ko/' : ''}` }, words.book);
      if (this.#address) {
        const run = make('button', { type: 'button' }, words.run);
        run.addEventListener('click', () => this.#open());
        head.append(run);
      } else {
        inside.replaceChildren(words.wrong);
      }
      this.#root.replaceChildren(make('section', { lang: this.#language }, head, inside, make('footer', {}, link)));
    }

    #open() {
      if (!this.#address) {
        this.#frame = null;
        return this.#draw();
      }
      const title = `${WORDS[this.#language].frame}: ${this.getAttribute('example')}`;
      this.#frame = make('iframe', { src: this.#address, title, height: String(LEAST_HEIGHT * 2), allow: 'clipboard-write' });
      this.#root.replaceChildren(make('section', {}, this.#frame));
      this.#frame.focus();
    }

    /** The page inside says how high it is. */
    #fit = ({ source, origin, data }) => {
      if (!this.#frame || source !== this.#frame.contentWindow || origin !== new URL(BOOK).origin) return;
      const height = Number(data?.drydock === 'height' ? data.height : Number.NaN);
      if (Number.isFinite(height)) this.#frame.height = String(Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, Math.ceil(height))));
    };
  }
  customElements.define('drydock-lab', DrydockLab);
})();
