/** Whom `--user` names, by the image's own /etc/passwd and /etc/group. Upstream: moby/sys/user. */
import type { Sys } from '../../kernel/sys.ts';
import { invalid } from '../errors.ts';
import { inRoot, readTextIfThere } from '../files.ts';

export interface UserIds {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

const lines = (text: string | undefined): readonly (readonly string[])[] =>
  (text ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'));
const isNumber = (text: string): boolean => /^[-+]?\d+$/.test(text);
const MAX_ID = 2 ** 31 - 1;

/** `user`, `uid`, `user:group`, …; empty is root. Throws DockerError for a name that nobody has. */
export function findUser(sys: Sys, rootfs: string, { user, groupAdd }: { user: string; groupAdd: readonly string[] }): UserIds {
  const passwd = lines(readTextIfThere(sys, inRoot(sys, rootfs, '/etc/passwd')));
  const group = lines(readTextIfThere(sys, inRoot(sys, rootfs, '/etc/group')));
  const [asked = '', groupName] = user.split(':');
  const name = asked === '' ? '0' : asked;
  const entry = passwd.find(([login, , id]) => login === name || (isNumber(name) && id === name));
  if (!entry && !isNumber(name)) throw invalid(`unable to find user ${name}: no matching entries in passwd file`);
  const uid = entry ? Number(entry[2]) : checked(name);
  const own = entry ? Number(entry[3]) : 0;
  const gid = groupName === undefined || groupName === '' ? own : groupId(group, groupName);
  const memberships =
    entry && (groupName === undefined || groupName === '')
      ? group.filter((fields) => (fields[3] ?? '').split(',').includes(entry[0] ?? '')).map((fields) => Number(fields[2]))
      : [];
  return { uid, gid, groups: [...new Set([gid, ...memberships, ...groupAdd.map((extra) => groupId(group, extra))])] };
}

function checked(id: string): number {
  const number = Number(id);
  if (number < 0 || number > MAX_ID) throw invalid(`uids and gids must be in range 0-${MAX_ID}`);
  return number;
}

function groupId(group: readonly (readonly string[])[], name: string): number {
  const entry = group.find(([own, , id]) => own === name || (isNumber(name) && id === name));
  if (entry) return Number(entry[2]);
  if (isNumber(name)) return checked(name);
  throw invalid(`unable to find group ${name}: no matching entries in group file`);
}
