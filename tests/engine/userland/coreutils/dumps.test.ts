import { expect, it } from 'vitest';
import recorded from './recorded/dumps.json' with { type: 'json' };
import { run } from './workshop.ts';

/** One character for each byte. */
const bytesOf = (raw: string): Uint8Array => Uint8Array.from(raw, (char) => char.charCodeAt(0));
const files = Object.fromEntries(Object.entries(recorded.files).map(([name, raw]) => [name, bytesOf(raw)]));
const decoder = new TextDecoder();

/** Commands over a few files, and what the tools of Debian 12 printed. */
it.each(recorded.commands)('$script', async ({ script, out, status }) => {
  const ran = await run(script, { files });
  expect({ out: ran.out, status: ran.status }).toEqual({ out: decoder.decode(bytesOf(out)), status });
});
