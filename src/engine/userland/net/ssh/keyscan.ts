/** `ssh-keyscan`: asks hosts for their keys, as lines of known_hosts. */
import { encodeBase64 } from '../../../http/base64.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { OptionError, parseOptions } from '../../options.ts';
import { lookUp } from '../resolve.ts';
import { openStream } from '../streams.ts';
import { leave, print, sentence } from '../text.ts';
import { KEY_TYPE } from './keys.ts';
import { GREETING, MESSAGE, ProtocolError, Wire } from './wire.ts';

const PORT = 22;

export const sshKeyscan: Program = async (sys) => {
  try {
    const options = parseOptions(sys.argv.slice(1), { short: '46cDHqvf:O:p:T:t:' });
    if (options.operands.length === 0) return leave(sys, 'usage: ssh-keyscan [-46q] [-p port] [-t type] [host ...]\n');
    const unsupported = options.last('c', 'D', 'H', 'f');
    if (unsupported !== undefined) return leave(sys, `ssh-keyscan: -${unsupported} is not supported here\n`);
    const types = (options.value('t') ?? 'ed25519').split(',');
    const port = Number(options.value('p') ?? PORT);
    for (const name of options.operands) await scan(sys, { name, port, isQuiet: options.has('q'), isWanted: types.includes('ed25519') });
    return 0;
  } catch (error) {
    if (error instanceof OptionError) return leave(sys, `${error.message.replace('invalid', 'unknown')}\n`);
    throw error;
  }
};

interface Host {
  readonly name: string;
  readonly port: number;
  readonly isQuiet: boolean;
  readonly isWanted: boolean;
}

async function scan(sys: Sys, { name, port, isQuiet, isWanted }: Host): Promise<void> {
  const found = await lookUp(sys, name);
  if (found.kind !== 'found') {
    const reason = found.kind === 'unknown' ? 'Name or service not known' : 'Temporary failure in name resolution';
    await leave(sys, `getaddrinfo ${name}: ${reason}\n`);
    return;
  }
  try {
    const fd = await openStream(sys, found.addresses, port);
    const wire = new Wire(sys, fd);
    await wire.greet();
    if (!isQuiet) await leave(sys, `# ${name}:${port} ${GREETING}\n`);
    const shown = await wire.receive();
    sys.fds.close(fd);
    const key = shown?.type === MESSAGE.hostKey ? shown.fields[0] : undefined;
    if (key !== undefined && isWanted) await print(sys, `${port === PORT ? name : `[${name}]:${port}`} ${KEY_TYPE} ${encodeBase64(key)}\n`);
  } catch (error) {
    if (error instanceof ProtocolError) return;
    if (!isErrno(error)) throw error;
    await leave(sys, `connect (\`${name}'): ${sentence(error)}\n`);
  }
}
