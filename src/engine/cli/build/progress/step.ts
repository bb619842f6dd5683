/** A step that this client makes itself, shown as the engine's are. */

import type { StatusResponse } from '../../../api-types/build-trace.ts';
import type { Io } from '../../io.ts';
import { encodeText } from '../../text.ts';
import type { Printer } from './printer.ts';

/** A step of this client's own, told as BuildKit tells of its steps. */
export function stepOf(io: Io, printer: Printer, name: string) {
  const started = io.clock.nowNs();
  const vertex = { digest: name, name, started };
  const tell = (status: StatusResponse) => printer.write(status);
  return {
    run: async (body: (log: (line: string) => Promise<void>) => Promise<void>): Promise<void> => {
      await tell({ vertexes: [vertex] });
      try {
        await body((line) => tell({ logs: [{ vertex: name, stream: 1, timestamp: io.clock.nowNs(), msg: encodeText(`${line}\n`) }] }));
        await tell({ vertexes: [{ ...vertex, completed: io.clock.nowNs() }] });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        await tell({ vertexes: [{ ...vertex, completed: io.clock.nowNs(), error: reason }] });
        throw error;
      }
    },
  };
}
