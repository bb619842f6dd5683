/** Which changes of files matter to which service. Upstream: compose pkg/compose/watch.go getWatchRules. */
import { readIgnoreFile } from '../../../api-types/ignore/ignore-file.ts';
import { compilePatterns, isMatched, type Pattern } from '../../../api-types/ignore/patterns.ts';
import { CliError, errorCode } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { absolutePath, cleanPath, joinPath } from '../../path.ts';
import type { ComposeContext } from '../command.ts';
import type { Project, Service, Trigger } from '../project/types.ts';

export interface Rule {
  readonly service: string;
  readonly trigger: Trigger;
  /** Whether a change at this place of the host is one of the trigger's. */
  readonly matches: (path: string) => boolean;
}

/** What editors leave beside a file while they save it. */
const EPHEMERAL = [
  ...['**/*___jb_old___', '**/*___jb_tmp___', '**/.idea/**', '**/.#*', '**/#*#', '**/4913', '**/*~', '**/.*.swp', '**/.*.swx'],
  ...['**/.*.swo', '**/.*.swn', '**/.*.kate-swp', '**/*-go-tmp-umask'],
];

export const copies = ({ action }: Trigger): boolean => action === 'sync' || action === 'sync+restart';

/** Whether a path lies below another one, or is it. */
export const isWithin = (root: string, path: string): boolean => path === root || path.startsWith(root === '/' ? '/' : `${root}/`);

/** Throws CliError where nothing is to be watched. */
export async function rulesOf(
  context: ComposeContext,
  project: Project,
  { builds }: { readonly builds: boolean },
): Promise<readonly Rule[]> {
  const rules: Rule[] = [];
  for (const service of Object.values(project.services)) {
    const triggers = service.develop?.watch ?? [];
    if (triggers.some(({ action }) => action === 'rebuild')) checkRebuild(service, builds);
    for (const trigger of triggers) {
      if (copies(trigger) && isMounted(service, trigger.path))
        await context.warn(`path '${trigger.path}' also declared by a bind mount volume, this path won't be monitored!\n`);
      else rules.push({ service: service.name, trigger, matches: matcher(context.io, service, trigger) });
    }
  }
  if (rules.length === 0) throw new CliError("none of the selected services is configured for watch, consider setting a 'develop' section");
  return rules;
}

function checkRebuild({ name, build }: Service, builds: boolean): void {
  if (build === undefined) throw new CliError(`can't watch service ${JSON.stringify(name)} with action rebuild without a build context`);
  if (!builds) throw new CliError(`--no-build is incompatible with watch action rebuild in service ${name}`);
}

export const isMounted = ({ volumes = [] }: Service, path: string): boolean =>
  volumes.some(({ type, source }) => type === 'bind' && source !== undefined && isWithin(cleanPath(source), path));

function matcher(io: Io, service: Service, { path: root, include, ignore = [] }: Trigger): Rule['matches'] {
  const included = include === undefined || include.length === 0 ? undefined : below(root, include);
  const left = ignoredBy(io, service, { root, ignore });
  return (path) => isWithin(root, path) && (included === undefined || isMatched(included, path)) && !left(path);
}

/** What is never looked at: by the ignore file of the build, by the trigger, and by habit. */
export function ignoredBy(
  io: Io,
  service: Service,
  { root, ignore }: { root: string; ignore: readonly string[] },
): (path: string) => boolean {
  const all = [ofBuild(io, service), below('/', EPHEMERAL), below('/', ['.git/']), below(root, ignore)];
  return (path) => all.some((patterns) => isMatched(patterns, path));
}

function ofBuild(io: Io, { build }: Service): readonly Pattern[] {
  if (build === undefined) return [];
  const context = absolutePath(io.cwd, build.context ?? '.');
  for (const name of [`${build.dockerfile ?? ''}.dockerignore`, '.dockerignore'])
    try {
      return below(context, readIgnoreFile(io.files.read(joinPath(context, name))));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  return [];
}

/** Patterns of a directory as patterns of whole paths; a lone `*` takes those away that are no exceptions. */
function below(root: string, patterns: readonly string[]): readonly Pattern[] {
  const kept = patterns.includes('*') ? patterns.filter((pattern) => pattern.startsWith('!')) : patterns;
  const whole = (pattern: string): string => (pattern.startsWith('/') ? pattern : joinPath(root, pattern));
  return compilePatterns(kept.map((pattern) => (pattern.startsWith('!') ? `!${whole(pattern.slice(1))}` : whole(pattern))));
}
