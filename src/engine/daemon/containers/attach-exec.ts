import type { Duplex } from '../../http/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { DockerError } from '../errors.ts';
import { carryOutput, keyBytes, multiplexed, raw } from './attach.ts';
import { carryInput, type Source } from './attach-input.ts';
import type { ExecProcess } from './exec-state.ts';

/** What `attach` does, for a process of `docker exec`. `begin` starts it; it is called when everything is listened to. */
export async function carryExec(
  sys: Sys,
  connection: Duplex,
  { exec, keys, begin }: { exec: ExecProcess; keys: string; begin: () => Promise<void> },
): Promise<void> {
  const subscription = exec.output.attach();
  const { AttachStdin = false, AttachStdout = false, AttachStderr = false, Tty = false } = exec.request;
  const framer = Tty ? raw : multiplexed;
  try {
    await begin();
  } catch (error) {
    // The connection is the client's already: all that is left is to say it there.
    if (!(error instanceof DockerError)) throw error;
    await connection.write(framer('stdout', new TextEncoder().encode(`${error.message}\r\n`)));
    return;
  }
  if (AttachStdin) {
    const source: Source = {
      fd: () => exec.stdin,
      isOver: () => !exec.running,
      changed: exec.changed,
      close: () => {
        if (exec.stdin === null || exec.stdin === exec.terminal) return;
        sys.fds.close(exec.stdin);
        exec.stdin = null;
      },
    };
    sys.thread(() => carryInput({ sys, connection, keys: Tty ? keyBytes(keys) : new Uint8Array() }, source, () => subscription.close()));
  }
  await carryOutput(connection, { subscription, options: { stdout: AttachStdout, stderr: AttachStderr }, framer });
}
