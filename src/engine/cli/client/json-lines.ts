import type { ClientResponse } from '../../http/index.ts';

/** Reads a stream of JSON documents, one after the other; each is handed over as soon as its line is complete. */
export async function eachJsonLine<Line>(answer: ClientResponse, use: (line: Line, text: string) => Promise<void> | void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  const flush = async (text: string) => {
    if (text.trim() !== '') await use(JSON.parse(text) as Line, text);
  };
  for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody()) {
    rest += decoder.decode(piece, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) await flush(line);
  }
  await flush(rest);
}
