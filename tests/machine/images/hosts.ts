/** A computer with images on it, and a shell that takes line after line in virtual time. */
import { nodeHost } from '../../../src/bin/host.ts';
import { createMachine } from '../../../src/engine/machine/machine.ts';
import { openConsole } from '../../../src/engine/machine/play-console.ts';
import { bookSpec } from '../../../src/engine/machine/spec.ts';

export interface Host {
  /** What a line prints. Fails if it ends otherwise than with `status`. */
  run(line: string, status?: number): Promise<string>;
}

export async function hostWith(images: readonly string[], options: { readonly start?: string } = {}): Promise<Host> {
  const machine = await createMachine(bookSpec({ start: options.start ?? 'images', images }), nodeHost);
  const shell = openConsole(machine);
  return {
    run: async (line, wanted = 0) => {
      const { output, status } = await shell.line(line, []);
      if (machine.faults().length > 0) throw new Error(machine.faults().join('\n'));
      if (status !== wanted) throw new Error(`${line} ended with ${status}: ${output}`);
      return output;
    },
  };
}
