/** `envsubst`: variables of the environment in a text. */
import { decode, readAll } from '../../program-io.ts';
import type { Utility } from '../../tool.ts';

const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g;

export const envsubst: Utility = async (tool) => {
  const options = await tool.options({
    short: 'v',
    long: { variables: 'v' },
    usage: '[-v] [SHELL-FORMAT]',
    package: '(GNU gettext-runtime) 0.21',
  });
  const [format] = options.operands;
  const names = format === undefined ? undefined : [...format.matchAll(VARIABLE)].map(([, plain, braced]) => plain ?? braced ?? '');
  if (options.has('v')) {
    await tool.out.write((names ?? []).map((name) => `${name}\n`).join(''));
    return 0;
  }
  const text = decode(await readAll(tool.sys, 0));
  await tool.out.write(
    text.replace(VARIABLE, (written, plain?: string, braced?: string) => {
      const name = plain ?? braced ?? '';
      return names !== undefined && !names.includes(name) ? written : (tool.sys.env.get(name) ?? '');
    }),
  );
  return 0;
};
