/** `systemctl`: asks process 1. Messages are systemd 252's. */
import { isErrno } from '../../kernel/errno.ts';
import type { Program, Sys } from '../../kernel/sys.ts';
import { CONTROL_SOCKET, type ControlAnswer, type ControlRequest, readMessage, type UnitState, writeMessage } from './control.ts';

const VERBS = ['start', 'stop', 'restart', 'status', 'is-active', 'kill'] as const;
/** systemd's exit statuses (systemctl(1)): a unit that is not active, one that is not known. */
const NOT_ACTIVE = 3;
const NOT_KNOWN = 4;
const NOT_LOADED = 5;
const USAGE =
  'systemctl [OPTIONS...] COMMAND UNIT...\n\nCommands:\n  start UNIT...      Start (activate) one or more units\n  stop UNIT...       Stop (deactivate) one or more units\n  restart UNIT...    Start or restart one or more units\n  status UNIT...     Show runtime status of one or more units\n  is-active UNIT...  Check whether units are active\n  kill UNIT...       Send signal to processes of a unit\n';

const print = (sys: Sys, fd: number, text: string): Promise<number> => sys.write(fd, new TextEncoder().encode(text));

async function ask(sys: Sys, request: ControlRequest): Promise<ControlAnswer> {
  const fd = sys.net.socket('unix', 'stream');
  await sys.connect(fd, { family: 'unix', path: CONTROL_SOCKET });
  await writeMessage(sys, fd, request);
  const answer = await readMessage<ControlAnswer>(sys, fd);
  sys.fds.close(fd);
  return answer ?? { states: [] };
}

const MARKS = { active: '●', inactive: '○', failed: '×', activating: '●', deactivating: '●' } as const;

function since(state: UnitState): string {
  return state.sinceNs === '0'
    ? ''
    : ` since ${new Date(Number(BigInt(state.sinceNs) / 1_000_000n)).toUTCString().replace(/^(\w+), .*/, '$1')} ${new Date(Number(BigInt(state.sinceNs) / 1_000_000n)).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function statusText(state: UnitState): string {
  const lines = [
    `${MARKS[state.active]} ${state.name} - ${state.description}`,
    `     Loaded: loaded (${state.path}; enabled; preset: enabled)`,
    `     Active: ${state.active} (${state.sub})${since(state)}`,
  ];
  for (const socket of state.triggeredBy) lines.push(`TriggeredBy: ● ${socket}`);
  if (state.pid > 0)
    lines.push(
      `   Main PID: ${state.pid} (${state.command.split(' ')[0]?.split('/').pop() ?? ''})`,
      `     CGroup: /system.slice/${state.name}`,
      `             └─${state.pid} ${state.command}`,
    );
  return `${lines.join('\n')}\n`;
}

async function showStatus(sys: Sys, states: readonly UnitState[]): Promise<number> {
  let status = 0;
  for (const state of states) {
    if (state.known) await print(sys, 1, statusText(state));
    else await print(sys, 2, `Unit ${state.name} could not be found.\n`);
    if (!state.known) status = NOT_KNOWN;
    else if (state.active !== 'active') status = status || NOT_ACTIVE;
  }
  return status;
}

async function report(sys: Sys, request: ControlRequest, answer: ControlAnswer): Promise<number> {
  if (answer.error !== undefined) {
    const unit = answer.error.includes('.') ? answer.error : `${answer.error}.service`;
    await print(sys, 2, `Failed to ${request.verb} ${unit}: Unit ${unit} not ${request.verb === 'stop' ? 'loaded' : 'found'}.\n`);
    return NOT_LOADED;
  }
  if (request.verb === 'status') return showStatus(sys, answer.states);
  if (request.verb === 'is-active') {
    for (const state of answer.states) await print(sys, 1, `${state.active}\n`);
    return answer.states.some(({ active }) => active === 'active') ? 0 : NOT_ACTIVE;
  }
  if (request.verb !== 'stop') return 0;
  for (const { name, triggeredBy } of answer.states) {
    if (triggeredBy.length > 0)
      await print(
        sys,
        2,
        `Warning: Stopping ${name}, but it can still be activated by:\n${triggeredBy.map((socket) => `  ${socket}\n`).join('')}`,
      );
  }
  return 0;
}

export const systemctl: Program = async (sys) => {
  const args = sys.argv.slice(1);
  const words = args.filter((word) => !word.startsWith('-'));
  const verb = VERBS.find((name) => name === words[0]);
  if (args.includes('--help') || args.includes('-h')) return print(sys, 1, USAGE).then(() => 0);
  if (!verb) {
    await print(sys, 2, words[0] === undefined ? USAGE : `Unknown command verb ${words[0]}.\n`);
    return 1;
  }
  const signal = args.find((word) => word.startsWith('--signal='))?.slice('--signal='.length);
  const request: ControlRequest = {
    verb,
    units: words.slice(1),
    ...(signal ? { signal: signal.startsWith('SIG') ? signal : `SIG${signal}` } : {}),
  };
  if (request.units.length === 0) {
    await print(sys, 2, 'Too few arguments.\n');
    return 1;
  }
  if (sys.ids.get().euid !== 0 && verb !== 'status' && verb !== 'is-active') {
    await print(sys, 2, `Failed to ${verb} ${request.units[0]}: Access denied\n`);
    return NOT_KNOWN;
  }
  try {
    return await report(sys, request, await ask(sys, request));
  } catch (error) {
    if (!isErrno(error)) throw error;
    await print(sys, 2, `Failed to connect to bus: ${error.message}\n`);
    return 1;
  }
};
