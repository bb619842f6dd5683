/** `docker ps`. Upstream: moby daemon/list.go. */
import type { ContainerSummary } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { linkedNames } from '../networks/links.ts';
import type { Container } from './container.ts';
import { summary } from './summary.ts';

/** What filters choose. */
export interface Selection {
  /** Newest first. */
  readonly candidates: readonly Container[];
  passes(container: Container): boolean;
  /** States were asked for: not only running ones are shown. */
  readonly isOfAnyState: boolean;
}

export interface ListOptions {
  readonly all?: boolean;
  /** Only the newest so many, running or not. */
  readonly limit?: number;
  readonly size?: boolean;
  /** All, if absent. */
  readonly selection?: Selection | undefined;
}

/** Newest first. */
export function list(daemon: Daemon, { all = false, limit = 0, size = false, selection }: ListOptions = {}): readonly ContainerSummary[] {
  const showsAll = all || limit > 0 || selection?.isOfAnyState === true;
  const found = (selection?.candidates ?? [...daemon.containers.all()].reverse()).filter(
    (container) => (showsAll || container.state.running) && selection?.passes(container) !== false,
  );
  const linked = linkedNames(daemon);
  return (limit > 0 ? found.slice(0, limit) : found).map((container) => summary(daemon, container, { size, linked }));
}
