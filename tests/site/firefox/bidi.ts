/** Firefox, driven over WebDriver BiDi: as little of it as the lab's smoke test needs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const START_MS = 60_000;
const POLL_MS = 100;
const ENTER = '\uE007';

type Answer = { readonly id?: number; readonly type: string; readonly result?: unknown; readonly message?: string };

/** Commands and their answers over one WebSocket. What the browser tells unasked is not listened to. */
class Connection {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #next = 1;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  /** Rejects with the browser's message. */
  send<T>(method: string, params: object = {}): Promise<T> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ type, result, message }) => (type === 'error' ? reject(new Error(message)) : resolve(result as T)));
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close(): void {
    this.#socket.close();
  }
}

/** What the browser says on its standard error once it can be spoken to. */
async function addressOf({ stderr }: ChildProcess): Promise<string> {
  let said = '';
  for await (const piece of stderr ?? []) {
    said += String(piece);
    const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said);
    if (found?.[1]) return found[1];
  }
  throw new Error(`Firefox ended before it listened. It said: ${said}`);
}

const tooLong = (ms: number, what: string): Promise<never> =>
  new Promise((_resolve, reject) => setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms).unref());

/** One page of a Firefox with a profile of its own. */
export class Firefox {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #connection: Connection;
  readonly #context: string;

  private constructor(parts: { process: ChildProcess; profile: string; connection: Connection; context: string }) {
    this.#process = parts.process;
    this.#profile = parts.profile;
    this.#connection = parts.connection;
    this.#context = parts.context;
  }

  static async start(executable: string): Promise<Firefox> {
    const profile = mkdtempSync(path.join(tmpdir(), 'firefox-'));
    const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'];
    const process = spawn(executable, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...globalThis.process.env, MOZ_CRASHREPORTER_DISABLE: '1' },
    });
    const address = await Promise.race([addressOf(process), tooLong(START_MS, 'the start of Firefox')]);
    process.stderr?.resume();
    const socket = new WebSocket(`${address}/session`);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error(`no connection to ${address}`)));
    });
    const connection = new Connection(socket);
    await connection.send('session.new', { capabilities: {} });
    const { contexts } = await connection.send<{ contexts: { context: string }[] }>('browsingContext.getTree');
    return new Firefox({ process, profile, connection, context: contexts[0]?.context ?? '' });
  }

  async goto(url: string): Promise<void> {
    await this.#connection.send('browsingContext.navigate', { context: this.#context, url, wait: 'complete' });
  }

  async reload(): Promise<void> {
    await this.#connection.send('browsingContext.reload', { context: this.#context, wait: 'complete' });
  }

  /** The value of an expression in the page: a string, a number or a truth value. */
  async evaluate<T extends string | number | boolean>(expression: string): Promise<T> {
    const answer = await this.#connection.send<{ result?: { value?: T }; exceptionDetails?: { text: string } }>('script.evaluate', {
      expression,
      target: { context: this.#context },
      awaitPromise: true,
    });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
    return answer.result?.value as T;
  }

  /** The text that elements show, each in a line. */
  text(selector: string): Promise<string> {
    return this.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((part) => part.innerText).join('\\n')`);
  }

  /** Waits until the elements' text has the words. Rejects with what it had. */
  async shows(selector: string, words: string | RegExp, patienceMs = 30_000): Promise<void> {
    const until = Date.now() + patienceMs;
    let text = '';
    do {
      text = await this.text(selector);
      if (typeof words === 'string' ? text.includes(words) : words.test(text)) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    } while (Date.now() < until);
    throw new Error(`${selector} does not show ${words}. It shows: ${text}`);
  }

  /** A click with the mouse in an element's middle. */
  async click(selector: string): Promise<void> {
    const { nodes } = await this.#connection.send<{ nodes: { sharedId: string }[] }>('browsingContext.locateNodes', {
      context: this.#context,
      locator: { type: 'css', value: selector },
      maxNodeCount: 1,
    });
    const [node] = nodes;
    if (!node) throw new Error(`${selector} is not there`);
    await this.evaluate(`document.querySelector(${JSON.stringify(selector)}).scrollIntoView({ block: 'center' })`);
    const origin = { type: 'element', element: { sharedId: node.sharedId } };
    const actions = [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.#perform({ type: 'pointer', id: 'mouse', actions });
  }

  /** Types a line, key by key, and Enter. */
  async type(line: string): Promise<void> {
    const keys = [...line, ENTER];
    await this.#perform({
      type: 'key',
      id: 'keyboard',
      actions: keys.flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]),
    });
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#connection.close();
    this.#process.kill();
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #perform(source: object): Promise<void> {
    await this.#connection.send('input.performActions', { context: this.#context, actions: [source] });
  }
}
