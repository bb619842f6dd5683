/** Connections that somebody outside dials as a process of the host would. */
import { isErrno } from '../../kernel/errno.ts';
import type { Fd } from '../../kernel/sys.ts';
import type { Input } from '../types.ts';
import type { Agent } from './agent.ts';
import { pump } from './launch.ts';

export class Connections {
  readonly #agent: Agent;
  readonly #open = new Map<number, Fd>();

  constructor(agent: Agent) {
    this.#agent = agent;
  }

  async dial(connection: number, to: Extract<Input, { kind: 'dial' }>['to']): Promise<void> {
    const { emit } = this.#agent;
    const unix = 'unix' in to;
    const fd = this.#agent.sys.net.socket(unix ? 'unix' : 'inet', 'stream');
    try {
      await this.#agent.sys.connect(fd, unix ? { family: 'unix', path: to.unix } : { family: 'inet', ip: to.host, port: to.port });
    } catch (error) {
      this.#agent.sys.fds.close(fd);
      emit({ kind: 'refused', connection, code: isErrno(error) ? error.code : 'EIO' });
      return;
    }
    this.#open.set(connection, fd);
    emit({ kind: 'connected', connection });
    await pump(this.#agent.sys, fd, (bytes) => emit({ kind: 'received', connection, bytes })).catch((error: unknown) => {
      if (!isErrno(error, 'EBADF')) throw error;
    });
    emit({ kind: 'ended', connection });
  }

  abort(connection: number): void {
    const fd = this.#open.get(connection);
    if (fd === undefined) return;
    this.#open.delete(connection);
    this.#agent.sys.net.shutdown(fd, 'both');
    this.#agent.lines.get(fd)?.splice(1);
    this.#agent.lines.delete(fd);
    this.#agent.sys.fds.close(fd);
  }

  send(connection: number, bytes: Uint8Array): void {
    this.#agent.write(this.#open.get(connection), bytes);
  }

  /** Nothing more will be sent. */
  end(connection: number): void {
    this.#agent.inLine(this.#open.get(connection), async (fd) => this.#agent.sys.net.shutdown(fd, 'write'));
  }
}
