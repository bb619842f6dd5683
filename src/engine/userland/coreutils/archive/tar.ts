/** tar: `tar-options.ts` reads the call, `tar-create.ts` writes archives, `tar-extract.ts` lists and unpacks them. The format is oci's. */
import { say } from '../../program-io.ts';
import type { Utility } from '../../tool.ts';
import { create } from './tar-create.ts';
import { read } from './tar-extract.ts';
import { FATAL, fatal, readCall, verdict } from './tar-options.ts';

export const tar: Utility = async (tool) => {
  const call = await readCall(tool);
  const compressor = call.options.last('j', 'J', 'Z');
  if (compressor !== undefined) {
    const program = { j: 'bzip2', J: 'xz', Z: 'compress' }[compressor] ?? '';
    if (!tool.isBusybox) {
      const child = `${tool.name} (child)`;
      await say(
        tool.sys,
        2,
        `${child}: ${program}: Cannot exec: No such file or directory\n${child}: Error is not recoverable: exiting now\n`,
      );
    }
    await fatal(tool, 'Child returned status 2', `can't execute '${program}': No such file or directory`);
  }
  const terminal = call.archive === null && tool.sys.fds.isatty(call.mode === 'c' ? 1 : 0);
  if (terminal && !tool.isBusybox)
    await fatal(
      tool,
      `Refusing to ${call.mode === 'c' ? 'write archive contents to' : 'read archive contents from'} terminal (missing -f option?)`,
      '',
    );
  if (call.mode === 'r') return tool.die('-r is not there yet', FATAL);
  await (call.mode === 'c' ? create(tool, call) : read(tool, call));
  return verdict(tool, call.mode);
};
