/** What is there when a lesson begins, by the name of its start: images that are pulled, and lines that the reader has typed before. */
export interface Start {
  readonly images: readonly string[];
  /** Played in the reader's home, one after the other: before dockerd forgets what happened so far, and after it. */
  readonly built: readonly (readonly string[])[];
  readonly running: readonly (readonly string[])[];
}

const FERRY_IMAGES = ['alpine:3.23', 'nginx:1.29-alpine', 'postgres:17-alpine', 'redis:8-alpine'];
const BUILD = ['docker', 'build', '-q', '-t', 'ferry/api:1', 'ferry/api'];
const UP = ['docker', 'compose', '--project-directory', 'ferry', 'up', '-d', '--wait'];
/** The first time one is asked whether it is the right computer; here that is over. */
const MEET = ['ssh', '-q', '-o', 'StrictHostKeyChecking=accept-new', 'docker-host-2', 'true'];

const NOTHING: Start = { images: [], built: [], running: [] };
const STARTS: Readonly<Record<string, Start>> = {
  empty: NOTHING,
  images: NOTHING,
  'ferry-built': { images: FERRY_IMAGES, built: [BUILD], running: [] },
  'ferry-up': { images: FERRY_IMAGES, built: [BUILD], running: [UP] },
  'two-hosts': { images: ['alpine:3.23'], built: [], running: [MEET] },
};

/** Undefined if there is no start of that name. */
export const startNamed = (name: string): Start | undefined => (Object.hasOwn(STARTS, name) ? STARTS[name] : undefined);
