/** `npm config`: read and written in ~/.npmrc. */
import { isErrno } from '../../../kernel/errno.ts';
import { decode, encode } from '../../encoding.ts';
import type { Context } from './install.ts';

export async function settings(context: Context): Promise<number> {
  const { sys, options } = context;
  const [verb = 'list', ...rest] =
    options.command === 'config' || options.command === 'c' ? options.words : [options.command, ...options.words];
  const path = `${sys.env.get('HOME') ?? '/root'}/.npmrc`;
  const read = (): string[] => {
    try {
      return decode(sys.path.readFile(path))
        .split('\n')
        .filter((line) => line !== '');
    } catch (error) {
      if (isErrno(error)) return [];
      throw error;
    }
  };
  if (verb === 'get') {
    const name = rest[0] ?? '';
    const known: Readonly<Record<string, string>> = {
      registry: options.registry,
      prefix: '/usr/local',
      cache: `${sys.env.get('HOME') ?? '/root'}/.npm`,
    };
    await context.say(`${options.settings.get(name) ?? known[name] ?? 'undefined'}\n`);
  } else if (verb === 'set') {
    const [name = '', value = ''] = (rest[0] ?? '').includes('=') ? (rest[0] ?? '').split('=') : rest;
    sys.path.writeFile(
      path,
      encode(`${[...read().filter((line) => !line.startsWith(`${name}=`)), `${name}=${value}`].join('\n')}\n`),
      0o600,
    );
  } else if (verb === 'delete' || verb === 'rm') {
    sys.path.writeFile(
      path,
      encode(
        read()
          .filter((line) => !line.startsWith(`${rest[0]}=`))
          .map((line) => `${line}\n`)
          .join(''),
      ),
      0o600,
    );
  } else
    await context.say(
      `${read()
        .map((line) => line.replace('=', ' = '))
        .join('\n')}\n`,
    );
  return 0;
}
