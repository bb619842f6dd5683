/** Sends a packet for the reader: a command in a container, or on the host, as the reader could have typed it. */
import type { Lab } from '../../lab/lab.ts';
import { bytesOf, unframed } from '../page/bytes.ts';
import { call } from '../page/docker.ts';
import { element } from '../page/element.ts';
import type { NetworkWords } from './words.ts';

const AGENT = 'Network';

/** What asks for that target: a page, if it names a port or a path; an echo otherwise. Null for a target that is none. */
export function commandFor(target: string): readonly string[] | null {
  const text = target.trim();
  if (!/^[\w.:[\]/-]+$/.test(text) || text.startsWith('-')) return null;
  return /[:/]/.test(text)
    ? ['wget', '-q', '-O', '-', '-T', '2', `http://${text.replace(/^http:\/\//, '')}`]
    : ['ping', '-c', '1', '-W', '1', text];
}

/** What the command printed. Throws in the Engine's own words. */
export async function send(lab: Lab, container: string, target: string): Promise<string> {
  const command = commandFor(target);
  if (!command) throw new Error(`invalid address: ${target}`);
  const body = { AttachStdout: true, AttachStderr: true, Cmd: command };
  const { Id } = await call<{ Id: string }>(lab, `/containers/${container}/exec`, { method: 'POST', json: body, agent: AGENT });
  const bytes = await bytesOf(lab, `/exec/${Id}/start`, { method: 'POST', json: { Detach: false, Tty: false }, agent: AGENT });
  const { ExitCode } = await call<{ ExitCode: number | null }>(lab, `/exec/${Id}/json`);
  const text = unframed(bytes).map((piece) => piece.text);
  return `# ${command.join(' ')}\n${text.join('')}${ExitCode ? `exit ${ExitCode}\n` : ''}`;
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
