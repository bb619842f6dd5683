/** The SSH agent inside the `docker` client: it holds the keys that `--ssh` names by their files. */
import type { Keyring as ClientKeyring } from '../../cli/io.ts';
import { serveAgent } from '../../userland/net/ssh/agent-protocol.ts';
import { Keyring } from '../../userland/net/ssh/keyring.ts';
import { readPrivate } from '../../userland/net/ssh/read-keys.ts';

export function keyring(): ClientKeyring {
  const keys = new Keyring();
  return {
    add: (file) => {
      const key = readPrivate(new TextDecoder().decode(file));
      // Its comment stays behind, as it does in Buildx.
      if (key !== undefined) keys.add({ ...key, comment: '' });
      return key !== undefined;
    },
    serve: (connection) => serveAgent(connection, (message) => keys.answer(message)),
  };
}
