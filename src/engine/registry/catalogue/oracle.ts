/** The three images that the recordings of a real Docker were made with, from the same data, byte for byte but for the programs. */
import type { ContainerConfig } from '../../oci/index.ts';
import { DEBIAN_APPLETS } from './applets.ts';
import busybox from './oracle/busybox.json' with { type: 'json' };
import db from './oracle/db.json' with { type: 'json' };
import web from './oracle/web.json' with { type: 'json' };
import { type FileRecipe, type ImageRecipe, program, type Step, symlink } from './recipe.ts';

interface Spec {
  readonly name: string;
  readonly created: string;
  readonly history: readonly {
    readonly createdBy: string;
    readonly layer?: { readonly busybox?: boolean; readonly files: readonly SpecFile[] };
  }[];
  readonly config: object;
}

interface SpecFile {
  readonly path: string;
  readonly dir?: boolean;
  readonly mode?: string;
  readonly text?: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

function fileOf({ path, dir, mode, text, uid, gid }: SpecFile): FileRecipe {
  const owned = {
    path,
    ...(mode === undefined ? {} : { mode: Number.parseInt(mode, 8) }),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  };
  return dir ? { ...owned, kind: 'directory' } : { ...owned, kind: 'text', text: `${(text ?? []).join('\n')}\n` };
}

/** As large as Debian's, and as large in its compressed layer: Docker prints sizes that depend on it. */
const WEIGHT = { sizeBytes: 1_982_256, noiseBytes: 1_047_807, seed: 47 };
const BUSYBOX_FILES: readonly FileRecipe[] = [
  { kind: 'program', path: 'bin/busybox', note: 'busybox', weight: WEIGHT },
  ...DEBIAN_APPLETS.map((applet) => symlink(`bin/${applet}`, 'busybox')),
];

const stepsOf = ({ history }: Spec): readonly Step[] =>
  history.map(({ createdBy, layer }) => ({
    createdBy,
    ...(layer ? { layer: { files: [...layer.files.map(fileOf), ...(layer.busybox ? BUSYBOX_FILES : [])] } } : {}),
  }));

/** Without the weight: what is fetched by a page is small. */
const light = ({ createdBy, layer }: Step): Step => ({
  createdBy,
  ...(layer ? { layer: { files: layer.files.map((file) => (file.kind === 'program' ? program(file.path, file.note) : file)) } } : {}),
});

function recipeOf(
  spec: Spec,
  more: { readonly repository: string; readonly tags: readonly string[]; readonly parent?: ImageRecipe },
): ImageRecipe {
  const inherited = more.parent?.config ?? {};
  return {
    ...more,
    isPlain: true,
    version: more.tags[0] ?? '',
    created: spec.created,
    steps: stepsOf(spec),
    config: { ...inherited, ...(spec.config as ContainerConfig) },
  };
}

const BUSYBOX = recipeOf(busybox, { repository: 'library/busybox', tags: ['1.35'] });

/** The same for the book's world, where each platform has programs of its own. */
export const BUSYBOX_1_35: ImageRecipe = { ...BUSYBOX, steps: BUSYBOX.steps.map(light), isPlain: false };

const LATEST = ['1.0', 'latest'];
const WEB = recipeOf(web, { repository: 'example/web', tags: LATEST, parent: BUSYBOX });
const DB = recipeOf(db, { repository: 'example/db', tags: LATEST, parent: BUSYBOX });

export const ORACLE_IMAGES: readonly ImageRecipe[] = [{ ...BUSYBOX, tags: ['1.35', 'latest'] }, WEB, DB];

/** The names under which the recordings' images were pulled before they began; afterwards their hub does not know them any more. */
export const ORACLE_SETUP_IMAGES: readonly ImageRecipe[] = [
  { ...WEB, repository: 'library/web' },
  { ...DB, repository: 'library/db' },
];
