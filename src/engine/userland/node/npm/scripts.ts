/** `npm run`: scripts of a project, by the shell, with its packages' programs on the PATH. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Exited, Signal, Sys } from '../../../kernel/sys.ts';
import type { PackageJson } from './project.ts';
import { nodePath, userAgent } from './versions.ts';

export interface Ran {
  readonly status: number;
  readonly signal: Signal | null;
}

const FORWARDED: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The folders of programs, from the project outwards. */
function binFolders(root: string): string[] {
  const folders: string[] = [];
  for (let at = root; ; at = at.slice(0, at.lastIndexOf('/'))) {
    folders.push(`${at}/node_modules/.bin`);
    if (at === '') return folders;
  }
}

/** Runs a line with the shell; signals that come are handed on. */
export async function runLine(
  sys: Sys,
  line: string,
  { root, event, project }: { root: string; event: string; project: PackageJson },
): Promise<Ran> {
  const env = new Map(sys.env);
  env.set('PATH', [...binFolders(root === '/' ? '' : root), sys.env.get('PATH') ?? '/usr/local/bin:/usr/bin:/bin'].join(':'));
  env.set('npm_lifecycle_event', event);
  env.set('npm_lifecycle_script', line);
  env.set('npm_command', 'run-script');
  env.set('npm_execpath', '/usr/local/lib/node_modules/npm/bin/npm-cli.js');
  env.set('npm_node_execpath', nodePath(sys) ?? '');
  env.set('npm_package_json', `${root}/package.json`);
  env.set('npm_config_user_agent', userAgent(sys));
  env.set('INIT_CWD', sys.path.cwd());
  if (project.name) env.set('npm_package_name', project.name);
  if (project.version) env.set('npm_package_version', project.version);
  const pid = sys.fork(async (child) => {
    for (const signal of FORWARDED) child.on(signal, 'default');
    child.path.chdir(root);
    return child.exec('/bin/sh', ['sh', '-c', line], env);
  });
  for (const signal of FORWARDED) sys.on(signal, () => sys.kill(pid, signal));
  let exited: Exited | null = null;
  while (exited === null)
    try {
      exited = await sys.wait(pid);
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  for (const signal of FORWARDED) sys.on(signal, 'default');
  return { status: exited.status ?? 1, signal: exited.signal ?? null };
}
