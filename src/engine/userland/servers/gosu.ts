/** gosu and su-exec: become a user and run a command in this process's place. The way down from root in many images. */
import type { Program } from '../../kernel/sys.ts';
import { executeOrSay } from '../coreutils/execute.ts';
import { findGid, groups, users } from '../coreutils/users.ts';
import { leave, print } from '../net/text.ts';

export const gosu: Program = async (sys) => {
  const [, who, ...command] = sys.argv;
  if (who === '--version') return print(sys, '1.19 (go1.24.6 on linux/amd64; gc)\n').then(() => 0);
  if (who === undefined || command.length === 0) return leave(sys, 'Usage: gosu user-spec command [args]\n   eg: gosu tianon bash\n', 1);
  const [name = '', group] = who.split(':');
  const user = users(sys).find((one) => one.name === name || String(one.uid) === name);
  const uid = user?.uid ?? (/^\d+$/.test(name) ? Number(name) : undefined);
  if (uid === undefined)
    return leave(sys, `error: failed switching to "${who}": unable to find user ${name}: no matching entries in passwd file\n`);
  const gid = group === undefined || group === '' ? (user?.gid ?? 0) : findGid(sys, group);
  if (gid === undefined)
    return leave(sys, `error: failed switching to "${who}": unable to find group ${group}: no matching entries in group file\n`);
  const member = groups(sys).filter(({ members }) => members.includes(user?.name ?? ''));
  sys.ids.setgroups(group === undefined ? [gid, ...member.map((one) => one.gid)] : [gid]);
  sys.ids.setgid(gid);
  sys.ids.setuid(uid);
  sys.env.set('HOME', user?.home ?? '/');
  return executeOrSay(sys, command, (name, reason) => `error: exec: "${name}": ${reason}\n`);
};
