/** The users and groups that an image adds to those of its base: the files as the image has them. */
import { type FileRecipe, file, type ImageRecipe } from './recipe.ts';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
  readonly comment?: string;
}

const filesOf = (image: ImageRecipe | undefined): readonly FileRecipe[] =>
  image === undefined ? [] : [...filesOf(image.parent), ...image.steps.flatMap(({ layer }) => layer?.files ?? [])];

/** A text file as an image leaves it; empty if it has none. */
export function textIn(image: ImageRecipe, path: string): string {
  const found = filesOf(image).findLast((one) => one.path === path);
  return found?.kind === 'text' ? found.text : '';
}

/** `/etc/passwd`, `/etc/group` and `/etc/shadow` of `base` with these accounts, each with a group of its own name. */
export function withAccounts(base: ImageRecipe, accounts: readonly Account[]): readonly FileRecipe[] {
  const users = accounts.map(({ name, uid, gid, comment = '', home, shell }) => `${name}:x:${uid}:${gid}:${comment}:${home}:${shell}\n`);
  const groups = accounts.map(({ name, gid }) => `${name}:x:${gid}:\n`);
  const secrets = accounts.map(({ name }) => `${name}:!::0:::::\n`);
  return [
    file('etc/passwd', textIn(base, 'etc/passwd') + users.join('')),
    file('etc/group', textIn(base, 'etc/group') + groups.join('')),
    file('etc/shadow', textIn(base, 'etc/shadow') + secrets.join(''), 0o640),
  ];
}
