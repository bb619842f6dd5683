/** Sends a packet for the reader: a command in a container, or on the host, as the reader could have typed it. */
import { bytesOf, unframed } from '../page/bytes.ts';
import { call, type Transport } from '../page/docker.ts';
import { element } from '../page/element.ts';
import type { NetworkWords } from './words.ts';

const AGENT = 'Network';

/** What asks for that target, the usual program first: a page, if it names a port or a path; an echo otherwise. Null for a target that is none. */
export function commandsFor(target: string): readonly (readonly string[])[] | null {
  const text = target.trim();
  if (!/^[\w.:[\]/-]+$/.test(text) || text.startsWith('-')) return null;
  if (!/[:/]/.test(text)) return [['ping', '-c', '1', '-W', '1', text]];
  const page = `http://${text.replace(/^http:\/\//, '')}`;
  return [
    ['wget', '-q', '-O', '-', '-T', '2', page],
    ['curl', '-sS', '-m', '2', page],
  ];
}

/** As a shell says it: there is no such program in the image. */
const NO_PROGRAM = 127;

/** What the first command printed that the container has. Throws in the Engine's own words. */
export async function send(lab: Transport, container: string, target: string): Promise<string> {
  const commands = commandsFor(target);
  if (!commands) throw new Error(`invalid address: ${target}`);
  const printed: string[] = [];
  for (const command of commands) {
    const { text, status } = await execute(lab, container, command);
    printed.push(text);
    if (status !== NO_PROGRAM) return text;
  }
  return printed[0] ?? '';
}

async function execute(
  lab: Transport,
  container: string,
  command: readonly string[],
): Promise<{ readonly text: string; readonly status: number }> {
  const body = { AttachStdout: true, AttachStderr: true, Cmd: command };
  const { Id } = await call<{ Id: string }>(lab, `/containers/${container}/exec`, { method: 'POST', json: body, agent: AGENT });
  const bytes = await bytesOf(lab, `/exec/${Id}/start`, { method: 'POST', json: { Detach: false, Tty: false }, agent: AGENT });
  const { ExitCode } = await call<{ ExitCode: number | null }>(lab, `/exec/${Id}/json`);
  const text = unframed(bytes).map((piece) => piece.text);
  return { text: `# ${command.join(' ')}\n${text.join('')}${ExitCode ? `exit ${ExitCode}\n` : ''}`, status: ExitCode ?? 0 };
}

export interface SendForm {
  readonly names: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly words: NetworkWords;
  readonly change: (from: string, to: string) => void;
  readonly submit: (from: string, to: string) => void;
}

export function sendForm({ names, from, to, words, change, submit }: SendForm): HTMLElement {
  const chosen = names.includes(from) ? from : (names[0] ?? '');
  const options = names.map((name) => element('option', { value: name, selected: name === chosen }, name));
  const source = element('select', { class: 'dd-field', 'aria-label': words.from, 'data-key': 'from' }, ...options) as HTMLSelectElement;
  const target = element('input', {
    ...{ class: 'dd-field', 'aria-label': words.to, value: to, placeholder: '172.17.0.2:80', 'data-key': 'to' },
    ...{ autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' },
  }) as HTMLInputElement;
  return element(
    'form',
    {
      class: 'send',
      input: () => change(source.value, target.value),
      submit: (event) => {
        event.preventDefault();
        if (target.value.trim() !== '') submit(source.value, target.value);
      },
    },
    source,
    element('span', { 'aria-hidden': 'true' }, '→'),
    target,
    element('button', { type: 'submit', class: 'dd-btn small go', 'data-key': 'send' }, words.send),
  );
}
