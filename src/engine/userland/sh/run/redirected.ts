/** Redirections where a command has any: the code is fetched with the first. */
import { later } from '../later.ts';
import { type Shell, ShellAbort } from '../shell.ts';
import type { Command, Redirect } from '../syntax/ast.ts';
import type { RunFlags } from './context.ts';

/** What a redirection found in its way: the command fails, the shell goes on unless the command was a special builtin. */
export class RedirectFailure extends ShellAbort {}

const REDIRECT = () => import('./redirect.ts');
const nothing = (): void => {};
const all = later(async () => (await REDIRECT()).redirect);
const allFor = later(async () => (await REDIRECT()).redirectFor);

/** Redirects for good: in a child that will execute something, or for `exec`. */
export const redirect = async (shell: Shell, redirects: readonly Redirect[]): Promise<void> =>
  redirects.length === 0 ? undefined : all(shell, redirects);

/** Redirects until the returned function is called. */
export const redirectFor = async (shell: Shell, redirects: readonly Redirect[]): Promise<() => void> =>
  redirects.length === 0 ? nothing : allFor(shell, redirects);

/** A compound command with redirections. */
export const runRedirected: (shell: Shell, command: Extract<Command, { type: 'redirected' }>, flags: RunFlags) => Promise<number> = async (
  shell,
  command,
  flags,
) => run(shell, command, flags);
const run = later(async () => (await REDIRECT()).runRedirected);
