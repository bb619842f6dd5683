/** Redirections (POSIX 2.7). */
import { type Errno, isErrno } from '../../../kernel/errno.ts';
import type { OpenFlags } from '../../../kernel/fs/types.ts';
import type { Fd } from '../../../kernel/sys.ts';
import { expandString } from '../expand/expand.ts';
import { parameterValue } from '../expand/parameter-value.ts';
import { type Shell, ShellAbort, ShellExit } from '../shell.ts';
import type { Command, Redirect } from '../syntax/ast.ts';
import { runCommand } from './command.ts';
import { type RunFlags, TAIL } from './context.ts';
import { keep, PRIVATE_FD } from './descriptors.ts';
import { forkShell, sayFailure } from './fork.ts';
import { move } from './read-all.ts';
import { RedirectFailure } from './redirected.ts';
import { checked } from './status.ts';

const encoder = new TextEncoder();
/** What a pipe takes without a reader. */
const PIPE_BYTES = 65_536;

/** Redirects for good: in a child that will execute something, or for `exec`. */
export async function redirect(shell: Shell, redirects: readonly Redirect[]): Promise<void> {
  for (const one of redirects) await apply(shell, one);
}

/** Redirects until the returned function is called. */
export async function redirectFor(shell: Shell, redirects: readonly Redirect[]): Promise<() => void> {
  const kept = new Map<Fd, Fd | null>();
  const undo = (): void => {
    for (const [fd, copy] of kept) {
      if (copy === null) close(shell, fd);
      else move(shell.sys, copy, fd);
    }
  };
  try {
    for (const one of redirects) {
      if (one.variable === undefined)
        for (const fd of one.operator.startsWith('&>') ? [1, 2] : [one.fd]) if (!kept.has(fd)) kept.set(fd, keep(shell.sys, fd));
      await apply(shell, one);
    }
    return undo;
  } catch (error) {
    undo();
    throw error;
  }
}

function close(shell: Shell, fd: Fd): void {
  try {
    shell.sys.fds.close(fd);
  } catch (error) {
    if (!isErrno(error, 'EBADF')) throw error;
  }
}

async function apply(shell: Shell, one: Redirect): Promise<void> {
  const target = await expandString(shell, one.target);
  if (one.variable !== undefined) return applyNamed(shell, one, one.variable);
  switch (one.operator) {
    case '<<':
      return hereDocument(shell, one.fd, target);
    case '<<<':
      return hereDocument(shell, one.fd, `${target}\n`);
    case '&>>':
      await openTo(shell, { ...one, operator: '>>', fd: 1 }, target);
      return shell.sys.fds.dup2(1, 2);
    case '<&':
    case '>&':
      return duplicate(shell, one.fd, target);
    case '&>':
      await openTo(shell, { ...one, operator: '>', fd: 1 }, target);
      return shell.sys.fds.dup2(1, 2);
    default:
      return openTo(shell, one, target);
  }
}

/** `{name}>file`: a descriptor of the shell's choice, which stays open. */
async function applyNamed(shell: Shell, one: Redirect, variable: string): Promise<void> {
  const { variable: _, ...plain } = one;
  const closes = one.target.literal === '-';
  if (closes) return close(shell, Number(parameterValue(shell, variable)));
  const taken = shell.sys.fds.list();
  let fd = PRIVATE_FD;
  while (taken.includes(fd)) fd += 1;
  await apply(shell, { ...plain, fd });
  shell.assign(variable, String(fd));
}

const FLAGS: Readonly<Record<string, OpenFlags>> = {
  '<': { read: true },
  '>': { write: true, create: true, truncate: true },
  '>|': { write: true, create: true, truncate: true },
  '>>': { write: true, create: true, append: true },
  '<>': { read: true, write: true, create: true },
};

async function openTo(shell: Shell, one: Redirect, path: string): Promise<void> {
  const guarded = one.operator === '>' && shell.options.noclobber && isRegularOrMissing(shell, path);
  const flags = guarded ? { write: true, create: true, exclusive: true } : (FLAGS[one.operator] ?? {});
  try {
    const fd = await shell.sys.open(path, flags, 0o666);
    move(shell.sys, fd, one.fd);
  } catch (error) {
    if (!isErrno(error)) throw error;
    refuse(shell, one, { path, error });
  }
}

function refuse(shell: Shell, one: Redirect, { path, error }: { path: string; error: Errno }): never {
  const { dialect } = shell;
  const text = one.operator === '<' ? dialect.cannotOpen(path, error) : dialect.cannotCreate(path, error);
  throw new RedirectFailure(shell.told(text), dialect.redirectStatus);
}

function isRegularOrMissing(shell: Shell, path: string): boolean {
  try {
    return shell.sys.path.stat(path).type === 'regular';
  } catch (error) {
    if (isErrno(error)) return true;
    throw error;
  }
}

function duplicate(shell: Shell, fd: Fd, target: string): void {
  const { sys, dialect } = shell;
  if (target === '-') {
    close(shell, fd);
    return;
  }
  if (!/^\d+$/.test(target)) throw new RedirectFailure(shell.told('Bad fd number'), dialect.redirectStatus);
  try {
    // The shell's own descriptors are no business of scripts.
    if (Number(target) === fd) sys.fds.stat(fd);
    else sys.fds.dup2(Number(target), fd);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new RedirectFailure(shell.told(`${target}: ${error.message}`), dialect.redirectStatus);
  }
}

/** A here-document is a pipe that is full of it; what does not fit is written by a child. */
async function hereDocument(shell: Shell, fd: Fd, text: string): Promise<void> {
  const { sys } = shell;
  const bytes = encoder.encode(text);
  const pipe = sys.fds.pipe();
  if (bytes.length <= PIPE_BYTES) await sys.write(pipe.write, bytes);
  else {
    forkShell(shell, {
      body: async (child) => {
        child.sys.fds.close(pipe.read);
        await child.sys.write(pipe.write, bytes);
        return 0;
      },
    });
  }
  sys.fds.close(pipe.write);
  move(sys, pipe.read, fd);
}

/** A compound command with redirections. */
export async function runRedirected(shell: Shell, command: Extract<Command, { type: 'redirected' }>, flags: RunFlags): Promise<number> {
  shell.line = command.line;
  const undo = await redirectSafely(shell, command.redirects);
  if (typeof undo === 'number') return checked(shell, undo, flags);
  try {
    return await runCommand(shell, command.command, flags & ~TAIL);
  } catch (error) {
    // What ends the shell is said where the command's own errors go.
    if (!(error instanceof ShellAbort) || error instanceof RedirectFailure || shell.options.interactive) throw error;
    await sayFailure(shell, error);
    throw new ShellExit(error.status);
  } finally {
    undo();
  }
}

/** As `redirectFor`; what fails is said, and its status returned. */
export async function redirectSafely(shell: Shell, redirects: readonly Redirect[]): Promise<(() => void) | number> {
  try {
    return await redirectFor(shell, redirects);
  } catch (error) {
    if (!(error instanceof RedirectFailure)) throw error;
    await sayFailure(shell, error);
    return error.status;
  }
}
