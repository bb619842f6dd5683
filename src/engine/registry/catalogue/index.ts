/**
 * The catalogue: the images that the model's Docker Hub offers, as recipes. Each is a miniature of an official image: the same
 * directories, configuration, commands, ports, volumes, users and layers, with small programs of ours in place of large binaries; the
 * sizes that are shown are the originals'. A new image is one file in images/ and one line here. This part runs when the
 * project is built, never in the machine: the machine reads the layout that comes out of it.
 */
import { type BuiltImage, buildImage, type MakeExecutable } from './build.ts';
import { ALMALINUX } from './images/almalinux.ts';
import { ALPINES } from './images/alpine.ts';
import { BUILDPACK_BOOKWORM, BUILDPACK_TRIXIE } from './images/buildpack-deps.ts';
import { BUSYBOX } from './images/busybox.ts';
import { DEBIANS } from './images/debian.ts';
import { DOCKERFILE } from './images/dockerfile.ts';
import { FERRIES } from './images/ferry.ts';
import { GITLAB } from './images/gitlab.ts';
import { GOLANGS } from './images/golang.ts';
import { HELLO_WORLD } from './images/hello-world.ts';
import { HTTPD } from './images/httpd.ts';
import { MYSQLS } from './images/mysql.ts';
import { NGINXES } from './images/nginx.ts';
import { NODES } from './images/node.ts';
import { POSTGRESES } from './images/postgres.ts';
import { PYTHONS } from './images/python.ts';
import { REDISES } from './images/redis.ts';
import { REGISTRIES } from './images/registry.ts';
import { TEMURIN } from './images/temurin.ts';
import { UBUNTU } from './images/ubuntu.ts';
import { layoutFiles } from './layout.ts';
import { BUSYBOX_1_35, ORACLE_IMAGES, ORACLE_SETUP_IMAGES } from './oracle.ts';
import type { ImageRecipe } from './recipe.ts';
import { WORLD_INDEX } from './worlds.ts';

/** What the book's world has. */
export const BOOK_IMAGES: readonly ImageRecipe[] = [
  HELLO_WORLD,
  BUSYBOX,
  BUSYBOX_1_35,
  ...ALPINES,
  ...DEBIANS,
  UBUNTU,
  ALMALINUX,
  ...NGINXES,
  HTTPD,
  ...REDISES,
  ...POSTGRESES,
  ...FERRIES,
  BUILDPACK_TRIXIE,
  BUILDPACK_BOOKWORM,
  ...NODES,
  ...PYTHONS,
  TEMURIN,
  ...GOLANGS,
  ...MYSQLS,
  GITLAB,
  ...REGISTRIES,
  DOCKERFILE,
];

/** What the recordings' world has: its own images, and nothing else. */
const ORACLE_WORLD: readonly ImageRecipe[] = [...ORACLE_IMAGES, ...ORACLE_SETUP_IMAGES];

export { WORLD_INDEX };

/** Every file of a world's catalogue, by path. The same each time. */
export function buildCatalogue(makeExecutable: MakeExecutable, world: keyof typeof WORLD_INDEX = 'book'): ReadonlyMap<string, Uint8Array> {
  const built = new Map<ImageRecipe, BuiltImage>();
  const build = (recipe: ImageRecipe): BuiltImage => {
    const image = built.get(recipe) ?? buildImage(recipe, makeExecutable);
    built.set(recipe, image);
    return image;
  };
  return layoutFiles((world === 'book' ? BOOK_IMAGES : ORACLE_WORLD).map(build), WORLD_INDEX[world]);
}
