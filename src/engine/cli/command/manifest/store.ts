/** Lists of manifests that are not pushed yet: `~/.docker/manifests`, a folder for each list. Upstream: docker/cli cli/manifest/store. */

import { CliError } from '../../errors.ts';
import { byBytes } from '../../formatter/text.ts';
import { decodeText, encodeText } from '../../text.ts';
import type { Context } from '../command.ts';
import type { ImageManifest } from './image-manifest.ts';

type World = Pick<Context, 'io' | 'config'>;

const fileName = (name: string): string => name.replaceAll(':', '-').replaceAll('/', '_');
const folderOf = ({ config }: World, list: string): string => `${config.directory}/manifests/${fileName(list)}`;
const noSuch = (name: string): CliError => new CliError(`No such manifest: ${name}`);

function read({ io }: World, path: string): ImageManifest {
  try {
    return JSON.parse(decodeText(io.files.read(path))) as ImageManifest;
  } catch (error) {
    if (error instanceof SyntaxError) throw new CliError(`invalid manifest file ${path}`);
    throw error;
  }
}

/** The manifest in the list; undefined if it is not there. */
export function findLocal(world: World, list: string, name: string): ImageManifest | undefined {
  const path = `${folderOf(world, list)}/${fileName(name)}`;
  return world.io.files.stat(path) === null ? undefined : read(world, path);
}

/** Throws CliError. */
export function getLocal(world: World, list: string, name: string): ImageManifest {
  const found = findLocal(world, list, name);
  if (!found) throw noSuch(name);
  return found;
}

/** All of a list's manifests; undefined if there is no such list. */
export function findList(world: World, list: string): readonly ImageManifest[] | undefined {
  const folder = folderOf(world, list);
  if (world.io.files.stat(folder) === null) return undefined;
  const names = [...world.io.files.readdir(folder)].sort(byBytes);
  return names.map((name) => read(world, `${folder}/${name}`));
}

/** Throws CliError. */
export function getList(world: World, list: string): readonly ImageManifest[] {
  const found = findList(world, list);
  if (!found) throw noSuch(list);
  return found;
}

export function save(world: World, list: string, manifest: ImageManifest): void {
  const folder = folderOf(world, list);
  world.io.files.mkdir(folder, { recursive: true, mode: 0o755 });
  world.io.files.write(`${folder}/${fileName(manifest.Ref)}`, encodeText(JSON.stringify(manifest)), 0o644);
}

export function removeList(world: World, list: string): void {
  const folder = folderOf(world, list);
  if (world.io.files.stat(folder) !== null) world.io.files.remove(folder);
}
