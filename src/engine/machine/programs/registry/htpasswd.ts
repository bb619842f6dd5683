/** The accounts of a registry: a file of `user:hash` lines, read anew when it changes. bcrypt alone is taken, as the real one does. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import type { Accounts } from '../../../registry/server/auth.ts';
import { matchesBcrypt } from '../../../userland/crypto/bcrypt.ts';
import { decode } from '../../../userland/program-io.ts';

function readHashes(sys: Sys, path: string): ReadonlyMap<string, string> {
  const lines = decode(sys.path.readFile(path)).split('\n');
  const entries = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(entries.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}

/** Throws Errno if the file is not there. What was once found right is not computed again. */
export function htpasswdAccounts(sys: Sys, path: string): Accounts {
  let readNs = -1n;
  let hashes: ReadonlyMap<string, string> = new Map();
  const known = new Set<string>();
  const look = (): void => {
    const { mtimeNs } = sys.path.stat(path);
    if (mtimeNs === readNs) return;
    hashes = readHashes(sys, path);
    readNs = mtimeNs;
  };
  look();
  return {
    accepts: (user, password) => {
      try {
        look();
      } catch (error) {
        if (!isErrno(error)) throw error;
        return false;
      }
      const hash = hashes.get(user);
      if (hash === undefined) return false;
      const key = `${hash}\n${password}`;
      if (!known.has(key) && matchesBcrypt(password, hash)) known.add(key);
      return known.has(key);
    },
  };
}
