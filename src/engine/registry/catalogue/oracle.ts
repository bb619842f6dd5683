/** The three images that the recordings of a real Docker were made with, from the same data, byte for byte but for the programs. */
import type { ContainerConfig } from '../../oci/index.ts';
import { BUSYBOX_APPLETS } from './applets.ts';
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

const BUSYBOX_FILES: readonly FileRecipe[] = [
  program('bin/busybox', 'busybox'),
  ...BUSYBOX_APPLETS.map((applet) => symlink(`bin/${applet}`, 'busybox')),
];

const stepsOf = ({ history }: Spec): readonly Step[] =>
  history.map(({ createdBy, layer }) => ({
    createdBy,
    ...(layer ? { layer: { files: [...layer.files.map(fileOf), ...(layer.busybox ? BUSYBOX_FILES : [])] } } : {}),
  }));

function recipeOf(
  spec: Spec,
  more: { readonly repository: string; readonly tags: readonly string[]; readonly parent?: ImageRecipe },
): ImageRecipe {
  const inherited = more.parent?.config ?? {};
  return {
    ...more,
    version: more.tags[0] ?? '',
    created: spec.created,
    steps: stepsOf(spec),
    config: { ...inherited, ...(spec.config as ContainerConfig) },
  };
}

/** busybox:1.35, which the book's world has too. */
export const ORACLE_BUSYBOX: ImageRecipe = recipeOf(busybox, { repository: 'library/busybox', tags: ['1.35'] });

const LATEST = ['1.0', 'latest'];
const WEB = recipeOf(web, { repository: 'example/web', tags: LATEST, parent: ORACLE_BUSYBOX });
const DB = recipeOf(db, { repository: 'example/db', tags: LATEST, parent: ORACLE_BUSYBOX });

export const ORACLE_IMAGES: readonly ImageRecipe[] = [{ ...ORACLE_BUSYBOX, tags: ['1.35', 'latest'] }, WEB, DB];

/** The names under which the recordings' images were pulled before they began; afterwards their hub does not know them any more. */
export const ORACLE_SETUP_IMAGES: readonly ImageRecipe[] = [
  { ...WEB, repository: 'library/web' },
  { ...DB, repository: 'library/db' },
];
