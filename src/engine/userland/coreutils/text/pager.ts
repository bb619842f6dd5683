/** `more` and `less`, plainly: a screenful at a time on a terminal, everything elsewhere. */
import { LineReader, READ_BYTES } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

const SPEC = { short: 'EFIMNmR~SXdeisqcnfp:', usage: '[-EFIMNSRh~] [FILE]...', package: '668' };

export const pager: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  if (!tool.out.isTerminal) {
    tool.copiesStreams = true;
    await tool.eachInput(options.operands, async (fd) => {
      for (let bytes = await tool.sys.read(fd, READ_BYTES); bytes.length > 0; bytes = await tool.sys.read(fd, READ_BYTES))
        await tool.out.bytes(bytes);
    });
    return 0;
  }
  const paths = options.operands;
  for (const path of paths.length === 0 ? ['-'] : paths) {
    const fd = await tool.openInput(path);
    if (fd === null) continue;
    if (await showPages(tool, { reader: new LineReader(tool.sys, fd), title: path, isLess: tool.applet === 'less' })) break;
  }
  return 0;
};

/** True if the reader wants no more. */
async function showPages(tool: Tool, { reader, title, isLess }: { reader: LineReader; title: string; isLess: boolean }): Promise<boolean> {
  const { sys } = tool;
  const keys = await keyboard(tool);
  let left = sys.tty.size(1).rows - 1;
  for (let line = await reader.next(); line !== null; line = await reader.next()) {
    if (left <= 0 && keys !== null) {
      const prompt = isLess ? (title === '-' ? ':' : title) : '--More--';
      await tool.out.write(`\x1b[7m${prompt}\x1b[m`);
      await tool.out.flush();
      const key = await readKey(tool, keys);
      await tool.out.write('\r\x1b[K');
      if (key === 'q') return true;
      left = key === '\r' || key === '\n' || key === 'j' ? 1 : sys.tty.size(1).rows - 1;
    }
    await tool.out.raw(`${line}\n`);
    left -= 1;
  }
  if (!isLess || keys === null) return false;
  await tool.out.write('\x1b[7m(END)\x1b[m');
  await tool.out.flush();
  while ((await readKey(tool, keys)) !== 'q');
  await tool.out.write('\r\x1b[K');
  return true;
}

/** The text may come through standard input: keys come from the terminal itself. */
async function keyboard({ sys }: Tool): Promise<number | null> {
  return sys.fds.isatty(0) ? 0 : sys.fds.isatty(2) ? 2 : null;
}

async function readKey({ sys }: Tool, fd: number): Promise<string> {
  const mode = sys.tty.mode(fd);
  sys.tty.setMode(fd, { canonical: false, echo: false });
  const bytes = await sys.read(fd, 1);
  sys.tty.setMode(fd, mode);
  return bytes.length === 0 ? 'q' : String.fromCharCode(bytes[0] ?? 0);
}
