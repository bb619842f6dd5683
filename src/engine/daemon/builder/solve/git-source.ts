/** Repositories are fetched by the host's `git`, and this host has none. Upstream: buildkit source/git. */
import { BuildFailure } from '../failure.ts';
import { internalStep } from '../frontend.ts';
import type { GitReference } from '../plan/git-reference.ts';
import type { Progress } from '../progress.ts';

const NO_GIT = 'git stderr:\n: exec: "git": executable file not found in $PATH';

/** Why a repository cannot be fetched. `hasAgent`: the client lends an SSH agent. */
export function gitProblem({ remote, ref, bySsh }: Omit<GitReference, 'kind'>, hasAgent: boolean): string {
  if (bySsh && !hasAgent) return 'unset ssh forward key default';
  const what = ref === '' ? 'error fetching default branch for repository' : 'failed to fetch remote';
  return `${what} ${remote}: ${NO_GIT}`;
}

/** A repository as the context of a build. Throws BuildFailure. */
export async function failToLoadGit(progress: Progress, url: string, problem: string): Promise<never> {
  const step = internalStep(`[internal] load git source ${url}`);
  await progress.start(step);
  await progress.complete(step.digest, { error: problem });
  throw new BuildFailure(`failed to read dockerfile: failed to load cache key: ${problem}`, { vertex: step.digest });
}
