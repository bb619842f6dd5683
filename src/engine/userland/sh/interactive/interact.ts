/**
 * The interactive shell: prompt, line, command, and again. busybox's ash and bash edit their lines themselves; dash leaves that to
 * the terminal, unless it is asked to (`sh -E`, as built with libedit): that is how the host's login shell runs.
 */
import { isErrno } from '../../../kernel/errno.ts';
import { later } from '../later.ts';
import { isTerminal, keep } from '../run/descriptors.ts';
import { expandPrompt } from '../run/expand-prompt.ts';
import { sayFailure } from '../run/fork.ts';
import { inOrder, isHeld, reap, removeJob } from '../run/jobs.ts';
import { runTraps } from '../run/traps.ts';
import { runWords } from '../run/words.ts';
import { type Shell, ShellAbort } from '../shell.ts';
import { plainWords } from '../syntax/plain.ts';
import { type EditResult, editLine } from './editor.ts';

const runFile = later(async () => (await import('../script.ts')).runFile);
const TYPED = () => import('./typed.ts');
const readPlain = later(async () => (await TYPED()).readPlain);
const runText = later(async () => (await TYPED()).runText);
const renderPrompt = later(async () => (await import('./prompt.ts')).renderPrompt);

const HISTORY_LINES = 500;

export async function interact(shell: Shell): Promise<number> {
  shell.options.interactive = true;
  shell.options.stdin = true;
  setUp(shell);
  const { banner } = shell.dialect;
  if (banner !== undefined && shell.terminal !== null)
    await shell.write(1, `\n\n${banner}\nEnter 'help' for a list of built-in commands.\n\n`);
  await runProfile(shell);
  shell.dialect.own?.enter(shell);
  try {
    return await loop(shell);
  } finally {
    shell.dialect.own?.leave(shell);
  }
}

/** Job control needs a terminal of one's own; without, the shell works and says nothing. */
function setUp(shell: Shell): void {
  const { sys } = shell;
  const isRoot = sys.ids.get().euid === 0;
  if (shell.variables.get('PS1') === undefined)
    shell.variables.set(
      'PS1',
      shell.dialect.name === 'dash' ? (isRoot ? '# ' : '$ ') : shell.dialect.name === 'ash' ? '\\w \\$ ' : '\\s-\\v\\$ ',
    );
  if (!shell.hardIgnored.has('SIGINT')) sys.on('SIGINT', (signal) => shell.pendingSignals.push(signal));
  for (const signal of ['SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTOU', 'SIGTTIN'] as const) sys.on(signal, 'ignore');
  if (!isTerminal(sys, 0)) return;
  try {
    sys.tty.foreground(0);
    shell.terminal = keep(sys, 0);
    if (sys.ids.getpgid() !== sys.pid && sys.ids.getsid() !== sys.pid) sys.ids.setpgid(0, 0);
    if (shell.terminal !== null) sys.tty.setForeground(shell.terminal, sys.ids.getpgid());
    shell.options.monitor = true;
  } catch (error) {
    if (!isErrno(error)) throw error;
    shell.terminal = null;
  }
}

/** A login shell reads the system's and the user's profile; any interactive one reads $ENV. */
async function runProfile(shell: Shell): Promise<void> {
  const home = shell.variables.get('HOME') ?? '';
  const own = shell.dialect.own?.profile(shell);
  if (own !== undefined) return readProfiles(shell, own);
  const isLogin = shell.name.startsWith('-') || shell.sys.argv.includes('-l') || shell.sys.argv.includes('--login');
  const files = isLogin ? ['/etc/profile', `${home}/.profile`] : [];
  const env = shell.variables.get('ENV');
  if (env !== undefined && env !== '') files.push(env);
  return readProfiles(shell, files);
}

async function readProfiles(shell: Shell, files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      shell.sys.path.stat(file);
      await runFile(shell, file);
    } catch (error) {
      if (error instanceof ShellAbort) await sayFailure(shell, error);
      else if (!isErrno(error)) throw error;
    }
  }
  shell.isScript = false;
}

async function loop(shell: Shell): Promise<number> {
  let text = '';
  let lineNumber = 1;
  for (;;) {
    if (text === '') await sayChangedJobs(shell);
    if (text === '' && shell.dialect.own !== undefined) await runPromptCommand(shell);
    const line = await readLine(shell, text !== '');
    if (line.kind === 'interrupted') {
      text = '';
      shell.status = 130;
      shell.pendingSignals = shell.pendingSignals.filter((signal) => signal !== 'SIGINT' || shell.traps.has(signal));
      await runTraps(shell);
      continue;
    }
    if (line.kind === 'end' && text === '' && (await isHeld(shell))) continue;
    if (line.kind === 'end') {
      if (text !== '') await runComplete(shell, text, { isFinal: true, line: lineNumber });
      return shell.status;
    }
    shell.warnedFor -= 1;
    const typed = await recalled(shell, line.text);
    if (typed === null) continue;
    remember(shell, typed, text !== '');
    const before = text;
    text = await runComplete(shell, `${before}${typed}\n`, { isFinal: false, line: lineNumber });
    if (text === '') lineNumber += before.split('\n').length;
  }
}

/** PROMPT_COMMAND; `$?` is afterwards what it was. */
async function runPromptCommand(shell: Shell): Promise<void> {
  const command = shell.variables.get('PROMPT_COMMAND');
  if (command === undefined || command === '') return;
  const { status } = shell;
  await runComplete(shell, `${command}\n`, { isFinal: true, line: 1 });
  shell.status = status;
}

/** The line with what `!!` and its like stand for, which is then shown. Null: no such event. */
async function recalled(shell: Shell, line: string): Promise<string | null> {
  const { own } = shell.dialect;
  if (own === undefined || !/[!^]/.test(line)) return line;
  const result = await own.recall(shell, line);
  if (result?.isChanged === true) await shell.write(2, `${result.text}\n`);
  return result?.text ?? null;
}

async function readLine(shell: Shell, isContinued: boolean): Promise<EditResult> {
  const written = shell.variables.get(isContinued ? 'PS2' : 'PS1') ?? '';
  const prompt = await (written.includes('\\') ? renderPrompt : expandPrompt)(shell, written);
  const edits = shell.terminal !== null && (shell.dialect.name !== 'dash' || shell.options.emacs);
  if (!edits) return readPlain(shell, prompt);
  return editLine(shell, {
    fd: 0,
    prompt,
    history: shell.history,
    asksPosition: shell.dialect.name === 'ash',
    endText: shell.dialect.own === undefined ? '\n' : shell.name.startsWith('-') ? 'logout\n' : 'exit\n',
    onInterrupt: () => (shell.dialect.name === 'ash' && shell.traps.has('SIGINT') && shell.pendingSignals.push('SIGINT') > 0 ? '' : '\n'),
    complete: async (text) => (await shell.sys.stall(() => import('./complete.ts'))).complete(shell, text),
  });
}

function remember(shell: Shell, line: string, isContinued: boolean): void {
  if (line.trim() === '' || (shell.history.at(-1) === line && !isContinued)) return;
  shell.history.push(line);
  if (shell.history.length > HISTORY_LINES) shell.history.shift();
}

/** Runs the complete commands at the beginning of `text`; what is left of it is not complete yet. */
async function runComplete(shell: Shell, text: string, options: { readonly isFinal: boolean; readonly line: number }): Promise<string> {
  const words = plainWords(shell, text);
  try {
    if (words === undefined) return await runText(shell, text, options);
    await runWords(shell, words, options.line);
    shell.flow = null;
    await runTraps(shell);
  } catch (error) {
    if (!(error instanceof ShellAbort)) throw error;
    await sayFailure(shell, error);
    Object.assign(shell, { status: error.status, flow: null, builtin: undefined, loopDepth: 0, functionDepth: 0 });
  }
  return '';
}

const describeJob = later(async () => (await import('../run/job-text.ts')).describeJob);

/** Who was killed takes a moment to end: a shell that asks at once does not see it yet. */
const ENDING_NS = 500_000n;

async function sayChangedJobs(shell: Shell): Promise<void> {
  if (shell.killedAtNs !== undefined && shell.sys.clock.nowNs() - shell.killedAtNs < ENDING_NS) return;
  await reap(shell);
  for (const job of shell.dialect.own === undefined ? inOrder(shell) : [...shell.jobs]) {
    if (job.isTold) continue;
    job.isTold = true;
    await shell.write(2, `${await describeJob(shell, job)}\n`);
    if (job.state === 'done') removeJob(shell, job);
  }
}
