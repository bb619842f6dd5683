/** Looks into one container: its log, its files, a command in it, all that the Engine knows of it. Each look is a request of the reader's. */
import type { Lab } from '../../lab/lab.ts';
import { bytesOf, unframed } from '../page/bytes.ts';
import { call } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { type TreeFile, treeOf } from '../page/tree.ts';
import { folderOf, type Row } from './view-model.ts';
import type { DashboardWords } from './words.ts';

export type Tab = 'logs' | 'files' | 'exec' | 'inspect';
const TABS: readonly Tab[] = ['logs', 'files', 'exec', 'inspect'];
const LONGEST_TEXT = 20_000;
const LONGEST_TREE = 64 * 1024 * 1024;

export interface Detail {
  readonly node: HTMLElement;
  /** Something happened in the Engine: what is shown may be old. */
  refresh(row: Row): void;
}

interface Look {
  readonly lab: Lab;
  readonly id: string;
  readonly agent: string;
  readonly words: DashboardWords;
  row: Row;
}

const screen = (name: string, ...children: readonly (Node | string)[]): HTMLElement =>
  element('pre', { class: 'screen', tabindex: '0', role: 'region', 'aria-label': name, 'data-scroll': name, translate: 'no' }, ...children);

const printed = (bytes: Uint8Array): readonly HTMLElement[] =>
  unframed(bytes).map(({ stream, text }) => element('span', { class: stream }, text.slice(-LONGEST_TEXT)));

async function logs({ lab, id, agent, words }: Look): Promise<readonly HTMLElement[]> {
  const bytes = await bytesOf(lab, `/containers/${id}/logs?stdout=1&stderr=1&tail=200`, { agent });
  return [screen(words.tabs.logs, ...(bytes.length === 0 ? [words.emptyLog] : printed(bytes)))];
}

async function inspect({ lab, id, agent, words }: Look): Promise<readonly HTMLElement[]> {
  const text = JSON.stringify(await call(lab, `/containers/${id}/json`, { agent }), null, 2);
  return [screen(words.tabs.inspect, text)];
}

/** A line is a command of its own, run by the container's shell. */
function exec(look: Look): readonly HTMLElement[] {
  const { lab, id, agent, words } = look;
  if (look.row.shape !== 'running') return [element('p', { class: 'dd-quiet' }, words.notRunning)];
  const log = screen(words.tabs.exec);
  log.setAttribute('role', 'log');
  const input = element('input', {
    ...{ class: 'dd-field', name: 'line', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' },
    ...{ 'aria-label': words.inContainer(look.row.title), placeholder: 'ls -l', 'data-key': `exec:${id}` },
  }) as HTMLInputElement;
  const run = async (line: string): Promise<void> => {
    log.append(element('span', { class: 'typed' }, `# ${line}\n`));
    const body = { AttachStdout: true, AttachStderr: true, Cmd: ['sh', '-c', line] };
    try {
      const { Id } = await call<{ Id: string }>(lab, `/containers/${id}/exec`, { method: 'POST', json: body, agent });
      log.append(...printed(await bytesOf(lab, `/exec/${Id}/start`, { method: 'POST', json: { Detach: false, Tty: false }, agent })));
      const { ExitCode } = await call<{ ExitCode: number | null }>(lab, `/exec/${Id}/json`);
      if (ExitCode) log.append(element('span', { class: 'dd-chip bad' }, `exit ${ExitCode}`), '\n');
    } catch (error) {
      log.append(element('span', { class: 'err' }, `${error instanceof Error ? error.message : String(error)}\n`));
    }
    log.scrollTop = log.scrollHeight;
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const line = input.value.trim();
    input.value = '';
    if (line !== '') void run(line);
  };
  const button = element('button', { type: 'submit', class: 'dd-btn small' }, words.execute);
  return [log, element('form', { class: 'line', submit }, element('span', { class: 'sign', 'aria-hidden': 'true' }, '#'), input, button)];
}

/** The archive of a folder has everything below it: one answer serves all folders below. */
async function files(look: Look, redraw: (nodes: readonly HTMLElement[]) => void): Promise<readonly HTMLElement[]> {
  const { lab, id, agent, words } = look;
  const bytes = await bytesOf(lab, `/containers/${id}/export`, { agent, most: LONGEST_TREE });
  const tree = treeOf(bytes);
  const show = (folder: string, opened: TreeFile | null): readonly HTMLElement[] => {
    const entry = (file: TreeFile): HTMLElement => {
      const open = (): void => redraw(file.type === 'directory' ? show(file.path, null) : show(folder, file));
      const label = `${file.path.slice(file.path.lastIndexOf('/') + 1)}${file.type === 'directory' ? '/' : ''}`;
      const target = file.target === undefined ? [] : [element('span', { class: 'dd-small' }, ` → ${file.target}`)];
      return element(
        'li',
        {},
        element('button', { type: 'button', class: 'dd-look', 'data-key': `file:${file.path}`, click: open }, label),
        ...target,
      );
    };
    const up = element(
      'button',
      {
        type: 'button',
        class: 'dd-btn small',
        'data-key': 'file:up',
        click: () => redraw(show(folder.replace(/\/[^/]*$/, '') || '/', null)),
      },
      words.up,
    );
    const path = element('p', { class: 'path' }, element('code', {}, opened?.path ?? folder), ...(folder === '/' ? [] : [up]));
    const content = opened ? [screen(opened.path, new TextDecoder().decode(opened.content().subarray(0, LONGEST_TEXT)))] : [];
    return [
      path,
      element('ul', { class: 'folder', translate: 'no', 'data-scroll': 'folder' }, ...folderOf(tree, folder).map(entry)),
      ...content,
    ];
  };
  return show('/', null);
}

/** The looks as tabs. */
export function containerDetail(look: Look, onClose: () => void): Detail {
  const { words } = look;
  const panel = element('div', { class: 'panel', role: 'tabpanel', 'aria-live': 'off' });
  let tab: Tab = 'logs';
  const fill = (nodes: readonly HTMLElement[]): void => panel.replaceChildren(...nodes);
  const load = async (): Promise<void> => {
    const asked = tab;
    try {
      const nodes = await {
        logs: () => logs(look),
        inspect: () => inspect(look),
        exec: async () => exec(look),
        files: () => files(look, fill),
      }[asked]();
      if (tab === asked) fill(nodes);
    } catch (error) {
      fill([element('p', { class: 'dd-error' }, error instanceof Error ? error.message : String(error))]);
    }
  };
  const tabs = TABS.map((name) =>
    element(
      'button',
      { type: 'button', class: 'dd-btn small', role: 'tab', 'data-key': `tab:${name}`, click: () => choose(name) },
      words.tabs[name],
    ),
  );
  const choose = (name: Tab): void => {
    tab = name;
    tabs.forEach((button, index) => {
      button.setAttribute('aria-selected', String(TABS[index] === tab));
      button.tabIndex = TABS[index] === tab ? 0 : -1;
    });
    panel.setAttribute('aria-label', words.tabs[tab]);
    void load();
  };
  const step = (event: Event): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key];
    const next = by === undefined ? undefined : (TABS.indexOf(tab) + by + TABS.length) % TABS.length;
    if (next === undefined) return;
    choose(TABS[next] ?? 'logs');
    tabs[next]?.focus();
  };
  const close = element('button', { type: 'button', class: 'dd-btn small', 'data-key': 'close', click: onClose }, words.close);
  const list = element('div', { class: 'dd-choices', role: 'tablist', 'aria-label': look.row.title, keydown: step }, ...tabs);
  choose('logs');
  return {
    node: element('div', { class: 'detail' }, element('div', { class: 'bar' }, list, close), panel),
    refresh: (row) => {
      const hasTurned = look.row.shape !== row.shape;
      look.row = row;
      if (tab === 'logs' || (hasTurned && tab === 'exec')) void load();
    },
  };
}
