import type { OutputStream } from './io.ts';
import { encodeText } from './text.ts';

/** Text to a stream. Every write is its own, as Docker's are. */
export interface Output {
  readonly isTerminal: boolean;
  readonly stream: OutputStream;
  line(text: string): Promise<void>;
  text(text: string): Promise<void>;
}

export function outputTo(stream: OutputStream): Output {
  return {
    isTerminal: stream.isTerminal,
    stream,
    line: (text) => stream.write(encodeText(`${text}\n`)),
    text: async (text) => {
      if (text !== '') await stream.write(encodeText(text));
    },
  };
}
