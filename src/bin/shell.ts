/** `drydock shell`: a terminal of a fresh machine in this terminal, in real time. */
import { createMachine } from '../engine/machine/machine.ts';
import { openSession } from '../engine/machine/session.ts';
import { bookSpec } from '../engine/machine/spec.ts';
import { nodeHost, nodePacer } from './host.ts';

const TERMINAL = 1;
const DEFAULT_SIZE = { columns: 80, rows: 24 };

const sizeNow = () => ({ columns: process.stdout.columns ?? DEFAULT_SIZE.columns, rows: process.stdout.rows ?? DEFAULT_SIZE.rows });

export function shell(args: readonly string[]): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const start = async (): Promise<void> => {
    const session = await openSession({
      spec: bookSpec(),
      create: (spec) => createMachine(spec, nodeHost),
      pacer: nodePacer,
      onOutput: (output) => {
        if (output.kind === 'terminal') process.stdout.write(output.bytes);
        if (output.kind === 'terminal-closed') resolve(output.status);
      },
      onFault: reject,
    });
    session.input({ kind: 'open-terminal', terminal: TERMINAL, size: sizeNow(), ...(args.length > 0 ? { command: args } : {}) });
    if (process.stdin.isTTY) process.stdin.setRawMode(true);
    process.stdin.setEncoding('utf8');
    process.stdin.on('data', (text: string) => session.input({ kind: 'type', terminal: TERMINAL, text }));
    process.stdin.on('end', () => session.input({ kind: 'hang-up', terminal: TERMINAL }));
    process.stdout.on('resize', () => session.input({ kind: 'resize', terminal: TERMINAL, size: sizeNow() }));
  };
  start().catch(reject);
  return promise.finally(() => {
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
    process.stdin.pause();
  });
}
