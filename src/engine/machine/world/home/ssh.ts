/** The key by which other computers know the reader. */
import { keyPair, privateFile, publicLine } from '../../../userland/net/ssh/keys.ts';
import type { StartFile } from '../../types.ts';

export const READER_KEY = keyPair('the key of learner on docker-host', 'learner@docker-host');

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const FILE = '/home/learner/.ssh/id_ed25519';

export const KEY_FILES: readonly StartFile[] = [
  { path: FILE, bytes: encode(privateFile(READER_KEY)), mode: 0o600 },
  { path: `${FILE}.pub`, bytes: encode(publicLine(READER_KEY)), mode: 0o644 },
];
