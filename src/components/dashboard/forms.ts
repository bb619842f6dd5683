/** The dashboard's forms: run a container, pull an image, create a volume or a network. */
import { element } from '../page/element.ts';
import { type RunForm, runCommand } from './view-model.ts';
import type { DashboardWords } from './words.ts';

const EXAMPLES: Readonly<Record<keyof RunForm, string>> = {
  image: 'nginx:1.29-alpine',
  name: 'web',
  command: 'sleep 900',
  ports: '8080:80',
  volumes: 'data:/data',
  env: 'LANG=ko',
  network: 'bridge',
};
const FIELDS = ['name', 'command', 'ports', 'volumes', 'env', 'network'] as const;

const field = (label: string, name: keyof RunForm, value = ''): HTMLElement =>
  element(
    'label',
    { class: 'field' },
    element('span', {}, label),
    element('input', {
      ...{ class: 'dd-field', name, value, placeholder: EXAMPLES[name], 'data-key': `run:${name}` },
      ...{ autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' },
    }),
  );

function read(form: HTMLFormElement): RunForm {
  const data = new FormData(form);
  const text = (name: keyof RunForm): string => String(data.get(name) ?? '');
  return {
    ...{ image: text('image'), name: text('name'), command: text('command'), ports: text('ports') },
    ...{ volumes: text('volumes'), env: text('env'), network: text('network') },
  };
}

/** What is filled in is shown as a command, too. */
export function runForm(
  words: DashboardWords,
  { image, run, close }: { readonly image: string; readonly run: (form: RunForm) => void; readonly close: () => void },
): HTMLElement {
  const same = element('code', { translate: 'no' });
  const form = element(
    'form',
    {
      class: 'run',
      'aria-label': words.runNew,
      input: () => show(),
      submit: (event) => {
        event.preventDefault();
        run(read(form));
      },
    },
    field(words.image, 'image', image),
    ...FIELDS.map((name) => field(words.fields[name], name)),
    element('p', { class: 'same' }, element('span', { class: 'dd-small' }, words.same), same),
    element(
      'div',
      { class: 'ends' },
      element('button', { type: 'submit', class: 'dd-btn go', 'data-key': 'run:go' }, words.run),
      element('button', { type: 'button', class: 'dd-btn', 'data-key': 'run:close', click: close }, words.close),
    ),
  ) as HTMLFormElement;
  const show = (): void => {
    same.textContent = runCommand(read(form));
  };
  show();
  return form;
}

/** One field and a button. */
export function lineForm(
  label: string,
  { verb, placeholder, send }: { readonly verb: string; readonly placeholder: string; readonly send: (text: string) => void },
): HTMLElement {
  const input = element('input', {
    ...{ class: 'dd-field', 'aria-label': label, placeholder, 'data-key': `line:${verb}` },
    ...{ autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' },
  }) as HTMLInputElement;
  const submit = (event: Event): void => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    send(text);
  };
  return element('form', { class: 'line', submit }, input, element('button', { type: 'submit', class: 'dd-btn small' }, verb));
}
