/** Why layers are there: who unpacked an image's, whose step of a build it was, and who wrote what into a container's own. */
import type { SpanId } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { namesIn } from '../files.ts';

export interface LayerCause {
  readonly span: SpanId;
  /** The layer's key; behind it the path of what was written. */
  readonly name: string;
}

const MOST_WRITES = 100;
const CHAIN_ID = /^sha256:/;

export function layerCauses(daemon: Daemon): readonly LayerCause[] {
  const { snapshots } = daemon.images;
  return snapshots.keys().flatMap((key): readonly LayerCause[] => {
    const isContainers = daemon.containers.find(key)?.id === key;
    if (!isContainers && !CHAIN_ID.test(key)) return [];
    const made = { span: snapshots.causeOf(key), name: key };
    return isContainers ? [made, ...writes(daemon, key)] : [made];
  });
}

/** Files, links, marks of what was taken away, and directories that are empty: the others only lead there. */
function writes({ sys, images: { snapshots } }: Daemon, key: string): readonly LayerCause[] {
  const root = snapshots.files(key);
  const found: LayerCause[] = [];
  const walk = (path: string): void => {
    for (const name of namesIn(sys, root + path)) {
      if (found.length >= MOST_WRITES) return;
      const here = `${path}/${name}`;
      const { type, span = 0 } = sys.path.lstat(root + here);
      if (type === 'directory' && namesIn(sys, root + here).length > 0) walk(here);
      else found.push({ span, name: `${key} ${here}` });
    }
  };
  walk('');
  return found;
}
