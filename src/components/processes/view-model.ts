/** What `<Processes>` shows: a container's state, what can be done now, and its process tree. The picture and its text twin are drawn from it. */
import type { ContainerInspect, Top } from '../page/docker.ts';
import { processesWords } from './words.ts';

export type Action = 'start' | 'stop' | 'kill' | 'pause' | 'unpause' | 'restart' | 'rm';

export interface ProcessNode {
  readonly hostPid: number;
  /** Its number inside the container: 1 for the first; others are only known if the engine tells. */
  readonly insidePid: number | null;
  readonly command: string;
  readonly children: readonly ProcessNode[];
}

export interface ContainerView {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: string;
  /** How the state is drawn: `failed` is an exit that is not 0. */
  readonly shape: string;
  readonly exitCode: number | null;
  readonly actions: readonly Action[];
  readonly tree: readonly ProcessNode[];
}

const LEGAL: Readonly<Record<string, readonly Action[]>> = {
  created: ['start', 'rm'],
  running: ['stop', 'kill', 'pause', 'restart'],
  paused: ['unpause', 'stop', 'kill', 'restart'],
  restarting: ['stop', 'kill'],
  exited: ['start', 'rm'],
  dead: ['rm'],
};

/** `docker top` as a tree: a process whose parent is not in the list is a root. `-eo pid,ppid,args`-like titles are found by name. */
export function processTree(top: Top, firstPid: number): readonly ProcessNode[] {
  const at = (title: string): number => top.Titles.indexOf(title);
  const rows = top.Processes.map((row) => ({
    pid: Number(row[at('PID')]),
    ppid: Number(row[at('PPID')]),
    command: row[at('CMD')] ?? row[at('COMMAND')] ?? '',
  }));
  const node = (row: (typeof rows)[number]): ProcessNode => ({
    hostPid: row.pid,
    insidePid: row.pid === firstPid ? 1 : null,
    command: row.command,
    children: rows.filter(({ ppid }) => ppid === row.pid).map(node),
  });
  return rows.filter(({ ppid }) => !rows.some(({ pid }) => pid === ppid)).map(node);
}

export function containerView(container: ContainerInspect, top: Top | null): ContainerView {
  const { Status, ExitCode, Pid } = container.State;
  const ended = Status === 'exited' || Status === 'dead';
  return {
    id: container.Id,
    name: container.Name.replace(/^\//, ''),
    image: container.Config.Image,
    state: Status,
    shape: Status === 'exited' && ExitCode !== 0 ? 'failed' : Status,
    exitCode: ended ? ExitCode : null,
    actions: LEGAL[Status] ?? [],
    tree: top ? processTree(top, Pid) : [],
  };
}

const count = (nodes: readonly ProcessNode[]): number => nodes.reduce((sum, { children }) => sum + 1 + count(children), 0);

/** The text twin: a sentence for each container, in Docker's words for the states. */
export function inWords(view: ContainerView, language: 'en' | 'ko'): string {
  const processes = count(view.tree);
  const ended = view.exitCode === null ? '' : language === 'ko' ? `, 종료 코드 ${view.exitCode}` : `, exit code ${view.exitCode}`;
  const legal = processesWords[language].nowLegal(view.actions);
  if (language === 'ko')
    return `${view.name} (${view.image}): 상태 ${view.state}${ended}. ${processes === 0 ? '프로세스가 없습니다.' : `프로세스 ${processes}개: ${names(view.tree)}.`}${legal}`;
  return `${view.name} (${view.image}): ${view.state}${ended}. ${processes === 0 ? 'It has no process.' : `${processes} process${processes === 1 ? '' : 'es'}: ${names(view.tree)}.`}${legal}`;
}

const names = (nodes: readonly ProcessNode[]): string =>
  nodes
    .map(
      ({ command, hostPid, insidePid, children }) =>
        `${command} (${insidePid === null ? '' : `PID ${insidePid} inside, `}${hostPid} on the host)${children.length > 0 ? ` → ${names(children)}` : ''}`,
    )
    .join(', ');
