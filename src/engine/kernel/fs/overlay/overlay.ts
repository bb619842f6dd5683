/**
 * overlayfs (Documentation/filesystems/overlayfs.rst): directories merged from layers, the uppermost of which takes all writing.
 * `layers.ts` is how names are found in layers, `node.ts` a merged file or directory, `copy-up.ts` how a file comes into the upper
 * layer. The layers are ordinary directories that anybody may read: a container's changes are what is in the upper one. Layers
 * must not be changed by others while they are mounted; what was found in them is remembered.
 */
import type { FileSystem, Node } from '../node.ts';
import type { StatFs } from '../types.ts';
import { OverlayNode } from './node.ts';

export interface OverlayOptions {
  readonly dev: number;
  /** Uppermost first. */
  readonly lowers: readonly Node[];
  /** Without one, the whole is read-only. */
  readonly upper: Node | undefined;
  /** As given to mount(2). */
  readonly options: readonly string[];
}

export class OverlayFs implements FileSystem {
  readonly type = 'overlay';
  readonly dev: number;
  readonly options: readonly string[];
  readonly root: OverlayNode;
  readOnly: boolean;
  /** Nodes by the real file they stand for, so that the names of one file are one node. */
  readonly known = new WeakMap<Node, OverlayNode>();

  constructor({ dev, lowers, upper, options }: OverlayOptions) {
    this.dev = dev;
    this.options = options;
    this.readOnly = upper === undefined;
    this.root = new OverlayNode(this, { upper, lowers }, undefined);
  }

  statfs(): StatFs {
    return { ...this.root.real.fs.statfs(), type: this.type };
  }
}
