import { isErrno } from '../../../kernel/errno.ts';
import { READ_BYTES } from '../../program-io.ts';
import type { Utility } from '../../tool.ts';

export const tee: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({ short: 'aip', long: { append: 'a', 'ignore-interrupts': 'i' }, usage: '[-ai] [FILE]...' });
  if (options.has('i')) sys.on('SIGINT', 'ignore');
  const fds = [1];
  for (const path of options.operands) {
    await tool.attempt(
      async () => {
        fds.push(await sys.open(path, { write: true, create: true, append: options.has('a'), truncate: !options.has('a') }));
      },
      (reason) => `${path}: ${reason}`,
    );
  }
  for (;;) {
    const bytes = await sys.read(0, READ_BYTES);
    if (bytes.length === 0) return 0;
    for (const fd of [...fds]) {
      try {
        await sys.write(fd, bytes);
      } catch (error) {
        if (!isErrno(error)) throw error;
        await tool.complain(`${fd === 1 ? 'standard output' : (options.operands[fds.indexOf(fd) - 1] ?? '')}: ${error.message}`);
        fds.splice(fds.indexOf(fd), 1);
      }
    }
  }
};
