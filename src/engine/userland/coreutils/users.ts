/** /etc/passwd and /etc/group as getpwnam(3) and getgrnam(3) read them: from the files of whoever asks. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { decode } from '../program-io.ts';

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly comment: string;
  readonly home: string;
  readonly shell: string;
}
export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** A text file's lines; none if it cannot be read. */
export function fileLines(sys: Sys, path: string): readonly string[] {
  try {
    const text = decode(sys.path.readFile(path));
    return text === '' ? [] : text.replace(/\n$/, '').split('\n');
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

export function users(sys: Sys): readonly User[] {
  return fileLines(sys, '/etc/passwd').flatMap((line) => {
    const [name, , uid, gid, comment = '', home = '', shell = ''] = line.split(':');
    return name === undefined || gid === undefined || !/^\d+$/.test(uid ?? '')
      ? []
      : [{ name, uid: Number(uid), gid: Number(gid), comment, home, shell }];
  });
}

export function groups(sys: Sys): readonly Group[] {
  return fileLines(sys, '/etc/group').flatMap((line) => {
    const [name, , gid, members = ''] = line.split(':');
    return name === undefined || !/^\d+$/.test(gid ?? '')
      ? []
      : [{ name, gid: Number(gid), members: members.split(',').filter((member) => member !== '') }];
  });
}

export const userName = (sys: Sys, uid: number): string | undefined => users(sys).find((user) => user.uid === uid)?.name;
export const groupName = (sys: Sys, gid: number): string | undefined => groups(sys).find((group) => group.gid === gid)?.name;

/** A name, or a number that need not be in the file. */
export function findUid(sys: Sys, text: string): number | undefined {
  return users(sys).find(({ name }) => name === text)?.uid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
}

export function findGid(sys: Sys, text: string): number | undefined {
  return groups(sys).find(({ name }) => name === text)?.gid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
}

/** Looks each number up once: for listings. */
export function nameTables(sys: Sys): { user: (uid: number) => string; group: (gid: number) => string } {
  const userNames = new Map(
    users(sys)
      .toReversed()
      .map(({ uid, name }) => [uid, name]),
  );
  const groupNames = new Map(
    groups(sys)
      .toReversed()
      .map(({ gid, name }) => [gid, name]),
  );
  return { user: (uid) => userNames.get(uid) ?? String(uid), group: (gid) => groupNames.get(gid) ?? String(gid) };
}
