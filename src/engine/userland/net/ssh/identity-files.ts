/** Private keys' files, as `ssh` and `ssh-add` read them: nobody else may be able to. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decode } from '../../program-io.ts';
import type { PrivateKey } from './keys.ts';
import { readPrivate } from './read-keys.ts';

export const IDENTITIES = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk'];

const FRAME = '@'.repeat(59);
const OTHERS = 0o077;

/** A key, or why there is none: a sentence of OpenSSH's, with what it shows before. */
export type Loaded = { readonly key: PrivateKey } | { readonly why: string; readonly warning?: string };

export function loadPrivate(sys: Sys, file: string): Loaded {
  try {
    const { mode, uid } = sys.path.stat(file);
    const bytes = sys.path.readFile(file);
    if (uid === sys.ids.get().uid && (mode & OTHERS) !== 0) return { why: 'bad permissions', warning: tooOpen(file, mode) };
    const key = readPrivate(decode(bytes));
    return key === undefined ? { why: 'error in libcrypto' } : { key };
  } catch (error) {
    if (isErrno(error)) return { why: error.message };
    throw error;
  }
}

const tooOpen = (file: string, mode: number): string =>
  `${FRAME}\n@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @\n${FRAME}\nPermissions 0${(mode & 0o777).toString(8).padStart(3, '0')} for '${file}' are too open.\nIt is required that your private key files are NOT accessible by others.\nThis private key will be ignored.\n`;
