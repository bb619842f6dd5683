/** Whose containerd this dockerd works with. */
import type { Sys } from '../kernel/sys.ts';

/** It was there before dockerd, which was told where (`--containerd`); otherwise dockerd has begun one of its own. */
export const isContainerdApart = ({ argv }: Pick<Sys, 'argv'>): boolean => argv.some((word) => word.startsWith('--containerd'));
