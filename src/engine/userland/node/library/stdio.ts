/** Standard input and output: what `process.stdin` and its two fellows reach. */
import { isErrno } from '../../../kernel/errno.ts';
import { toInteger, truthy } from '../runtime/convert.ts';
import { call, native } from '../runtime/functions.ts';
import { arrayOf } from '../runtime/objects.ts';
import type { Value } from '../runtime/values.ts';
import { waitFor } from '../runtime/vm.ts';
import type { Host } from '../system/host.ts';
import { bufferOf, bytesOf } from './bytes.ts';

export function stdioBinding(host: Host): Readonly<Record<string, Value>> {
  const { sys, loop } = host;
  const isTerminal = (fd: number): boolean => sys.fds.has(fd) && sys.fds.isatty(fd);
  const input = { isReading: false, isHeld: false, wants: true };
  const hold = (): void => {
    const should = input.isReading && input.wants;
    if (should === input.isHeld) return;
    input.isHeld = should;
    if (should) loop.hold();
    else loop.release();
  };
  return {
    isTerminal: native('isTerminal', 1, ([fd]) => isTerminal(toInteger(fd))),
    size: native('size', 1, ([fd]) => {
      const { columns, rows } = sys.tty.size(toInteger(fd));
      return arrayOf([columns, rows]);
    }),
    setRaw: native('setRaw', 2, ([fd, on]) => {
      const isCooked = !truthy(on);
      sys.tty.setMode(toInteger(fd), { canonical: isCooked, echo: isCooked, signals: isCooked });
      return undefined;
    }),
    write: native('write', 2, ([fd, data]) => {
      const write = async (): Promise<void> => {
        try {
          await sys.write(toInteger(fd), bytesOf(data));
        } catch (error) {
          if (!isErrno(error)) throw error;
        }
      };
      return waitFor(write(), () => undefined);
    }),
    /** Whether a read that waits keeps the process alive. */
    hold: native('hold', 1, ([on]) => {
      input.wants = truthy(on);
      hold();
      return undefined;
    }),
    read: native('read', 2, ([fd, done]) => {
      input.isReading = true;
      hold();
      loop.background(
        () => sys.read(toInteger(fd), 65_536),
        (outcome) => {
          input.isReading = false;
          hold();
          return 'value' in outcome
            ? call(done, undefined, [null, outcome.value.length === 0 ? null : bufferOf(outcome.value)])
            : call(done, undefined, [true]);
        },
        false,
      );
      return undefined;
    }),
  };
}
