/** Repositories are fetched by the host's `git`. No program of that kind is there to be run yet. Upstream: buildkit source/git. */
import type { Sys } from '../../../kernel/sys.ts';
import { LookupError, lookPath } from '../../runtime/lookup.ts';
import { BuildFailure } from '../failure.ts';
import { internalStep } from '../frontend.ts';
import type { GitReference } from '../plan/git-reference.ts';
import type { Progress } from '../progress.ts';

/** Why a repository cannot be fetched. `hasAgent`: the client lends an SSH agent. */
export function gitProblem(sys: Sys, { remote, ref, bySsh }: GitReference, hasAgent: boolean): string {
  if (bySsh && !hasAgent) return 'unset ssh forward key default';
  const what = ref === '' ? 'error fetching default branch for repository' : 'failed to fetch remote';
  return `${what} ${remote}: git stderr:\n: ${whyNotGit(sys)}`;
}

function whyNotGit(sys: Sys): string {
  try {
    return `${lookPath(sys, 'git', sys.env)} is there, but fetching a repository is not supported by this builder`;
  } catch (error) {
    if (error instanceof LookupError) return error.message;
    throw error;
  }
}

/** A repository as the context of a build. Throws BuildFailure. */
export async function failToLoadGit(progress: Progress, url: string, problem: string): Promise<never> {
  const step = internalStep(`[internal] load git source ${url}`);
  await progress.start(step);
  await progress.complete(step.digest, { error: problem });
  throw new BuildFailure(`failed to read dockerfile: failed to load cache key: ${problem}`, { vertex: step.digest });
}
