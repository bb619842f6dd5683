/* Runs first in every page that the pane shows: what the page asks of its server goes to the window around it, which asks the machine. */
(() => {
  const waiting = new Map();
  let next = 1;
  const tell = (message) => parent.postMessage(message, '*');
  const ask = (message) =>
    new Promise((resolve) => {
      waiting.set(next, resolve);
      tell({ ...message, pane: 'fetch', id: next++ });
    });
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || data?.pane !== 'answer') return;
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });

  const around = window.fetch.bind(window);
  const EMPTY = new Set([101, 204, 205, 304]);
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!/^https?:/.test(request.url)) return around(request);
    const { method, url, headers } = request;
    const answer = await ask({ method, url, headers: [...headers], body: await request.arrayBuffer() });
    if (answer.error) throw new TypeError('Failed to fetch');
    const response = new Response(EMPTY.has(answer.status) ? null : answer.body, { status: answer.status, headers: answer.headers });
    Object.defineProperty(response, 'url', { value: answer.url });
    return response;
  };

  window.XMLHttpRequest = class XMLHttpRequest extends EventTarget {
    readyState = 0;
    status = 0;
    statusText = '';
    responseType = '';
    responseText = '';
    response = '';
    #request = { method: 'GET', url: '', headers: [] };
    #headers = new Headers();
    open(method, url) {
      this.#request = { method, url, headers: [] };
      this.#become(1);
    }
    setRequestHeader(name, value) {
      this.#request.headers.push([name, value]);
    }
    getResponseHeader(name) {
      return this.#headers.get(name);
    }
    getAllResponseHeaders() {
      return [...this.#headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    }
    abort() {
      this.#request = { method: 'GET', url: '', headers: [] };
    }
    async send(body) {
      const request = this.#request;
      const { method, url, headers } = request;
      try {
        const response = await fetch(url, { method, headers, body: method === 'GET' || method === 'HEAD' ? undefined : body });
        const bytes = await response.arrayBuffer();
        if (request !== this.#request) return;
        this.status = response.status;
        this.#headers = response.headers;
        if (this.responseType === '' || this.responseType === 'text') this.responseText = new TextDecoder().decode(bytes);
        this.response = this.#typed(bytes);
        this.#become(4);
        this.#say('load');
      } catch {
        this.#become(4);
        this.#say('error');
      }
      this.#say('loadend');
    }
    #typed(bytes) {
      if (this.responseType === 'arraybuffer') return bytes;
      if (this.responseType === 'blob') return new Blob([bytes]);
      if (this.responseType === 'json') return JSON.parse(new TextDecoder().decode(bytes));
      return this.responseText;
    }
    #become(state) {
      this.readyState = state;
      this.#say('readystatechange');
    }
    #say(type) {
      const event = new Event(type);
      this[`on${type}`]?.(event);
      this.dispatchEvent(event);
    }
  };

  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href], area[href]') : null;
    if (!link || event.defaultPrevented || event.button !== 0) return;
    const url = new URL(link.href, document.baseURI);
    if (!/^https?:$/.test(url.protocol)) return;
    event.preventDefault();
    const [here, there] = [document.baseURI.split('#')[0], url.href.split('#')[0]];
    if (url.hash !== '' && here === there) document.getElementById(decodeURIComponent(url.hash.slice(1)))?.scrollIntoView();
    else tell({ pane: 'go', url: url.href });
  });

  const submit = async (form, submitter) => {
    const data = new FormData(form, submitter ?? undefined);
    const url = new URL(submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '', document.baseURI);
    if (form.method !== 'post') {
      url.search = new URLSearchParams([...data].map(([name, value]) => [name, String(value)])).toString();
      return tell({ pane: 'go', url: url.href });
    }
    const plain = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
    const sent = new Response(form.enctype === 'multipart/form-data' ? data : plain);
    const type = sent.headers.get('content-type') ?? '';
    tell({ pane: 'go', url: url.href, method: 'POST', headers: [['content-type', type]], body: await sent.arrayBuffer() });
  };
  addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    void submit(event.target, event.submitter);
  });
  HTMLFormElement.prototype.submit = function submitLater() {
    void submit(this, null);
  };

  document.currentScript?.remove();
  addEventListener('DOMContentLoaded', () => tell({ pane: 'ready', title: document.title }));
})();
