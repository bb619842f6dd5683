/** `--chown=user:group`, by the stage's own /etc/passwd and /etc/group. Upstream: buildkit solver/llbsolver/file/user_linux.go. */
import type { Sys } from '../../../kernel/sys.ts';
import { inRoot, readTextIfThere } from '../../files.ts';
import type { Owner } from './copy.ts';

const fieldsOf = (text: string | undefined): readonly (readonly string[])[] => (text ?? '').split('\n').map((line) => line.split(':'));
export const isNumber = (text: string): boolean => /^\d+$/.test(text);

/** Undefined for an empty text. A name that nobody has counts as root. */
export function ownerOf(sys: Sys, root: string, text: string): Owner | undefined {
  if (text === '') return undefined;
  const colon = text.indexOf(':');
  const user = colon === -1 ? text : text.slice(0, colon);
  const group = colon === -1 ? '' : text.slice(colon + 1);
  const entry = fieldsOf(readTextIfThere(sys, inRoot(sys, root, '/etc/passwd'))).find(([name]) => name === user);
  const uid = isNumber(user) ? Number(user) : Number(entry?.[2] ?? 0);
  const own = isNumber(user) ? uid : Number(entry?.[3] ?? 0);
  if (group === '') return { uid, gid: own };
  const groupEntry = fieldsOf(readTextIfThere(sys, inRoot(sys, root, '/etc/group'))).find(([name]) => name === group);
  return { uid, gid: isNumber(group) ? Number(group) : Number(groupEntry?.[2] ?? 0) };
}
