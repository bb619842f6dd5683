/** `ip`: what the kernel's network consists of, and changing it. As iproute2 prints it, and as busybox does. */
import { isErrno } from '../../../kernel/errno.ts';
import { say } from '../../program-io.ts';
import type { Dialect } from '../../tool.ts';
import type { Applet } from '../applet.ts';
import { refuse } from '../text.ts';
import { address } from './address.ts';
import { link } from './link.ts';
import { maddress } from './maddress.ts';
import { enterNamed, netns } from './netns.ts';
import { neighbour, route, rule } from './route.ts';
import { type IpCall, IpError, isShortFor, Words } from './words.ts';

type Command = (call: IpCall, words: Words) => Promise<string>;

const OBJECTS: readonly (readonly [name: string, command: Command])[] = [
  ['address', address],
  ['link', link],
  ['route', route],
  ['rule', rule],
  ['neighbour', neighbour],
  ['neighbor', neighbour],
  ['maddress', maddress],
  ['netns', netns],
];

/** What busybox's has not. */
const GNU_ONLY: ReadonlySet<string> = new Set(['maddress', 'netns']);

export const ip =
  (dialect: Dialect): Applet =>
  async (sys, args, caller) => {
    try {
      const { call, words } = readFlags(
        { sys, dialect, brief: false, oneline: false, details: false, stats: false, family: undefined, json: false, pretty: false },
        args,
      );
      const object = words.next();
      if (object === undefined) throw new IpError(USAGE, 255);
      const found = OBJECTS.find(([name]) => isShortFor(object, name) && (dialect === 'gnu' || !GNU_ONLY.has(name)));
      if (found === undefined) throw dialect === 'gnu' ? new IpError(`Object "${object}" is unknown, try "ip help".`, 1) : wrongUsage();
      const text = await found[1](call, words);
      await say(sys, 1, text);
      return 0;
    } catch (error) {
      if (error instanceof IpError && error.message === '') return refuse(sys, caller, { text: `${USAGE}\n` });
      if (error instanceof IpError) {
        await say(sys, 2, /^Usage/.test(error.message) ? `${error.message}\n` : `${dialect === 'busybox' ? 'ip: ' : ''}${error.message}\n`);
        return error.status;
      }
      if (!isErrno(error)) throw error;
      // busybox puts a link up and down the old way.
      const isOld =
        dialect === 'busybox' && args.some((word) => isShortFor(word, 'link')) && args.some((word) => word === 'up' || word === 'down');
      await say(sys, 2, `${dialect === 'busybox' ? 'ip: ' : ''}${isOld ? 'SIOCSIFFLAGS' : 'RTNETLINK answers'}: ${error.message}\n`);
      return 2;
    }
  };

const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
       ip [ -force ] -batch filename
where  OBJECT := { address | link | maddress | neighbor | netns | route | rule }
       OPTIONS := { -4 | -6 | -br[ief] | -d[etails] | -j[son] | -n[etns] name | -o[neline] | -p[retty] | -s[tatistics] }`;

/** busybox's then tells what it knows. */
const wrongUsage = (): IpError => new IpError('', 1);

function readFlags(call: IpCall, args: readonly string[]): { call: IpCall; words: Words } {
  let at = 0;
  let read = call;
  for (; args[at]?.startsWith('-') === true; at += 1) {
    const flag = (args[at] ?? '').replace(/^--?/, '');
    if (flag === '4' || flag === '6') read = { ...read, family: flag === '4' ? 'inet' : 'inet6' };
    else if (flag === 'f' || flag === 'family') {
      at += 1;
      read = { ...read, family: args[at] === 'inet6' ? 'inet6' : 'inet' };
    } else if (read.dialect === 'gnu' && (flag === 'n' || flag === 'netns')) {
      at += 1;
      enterNamed(read.sys, args[at] ?? '');
    } else if (isShortFor(flag, 'oneline')) read = { ...read, oneline: true };
    else if (read.dialect === 'busybox') throw wrongUsage();
    else if (isShortFor(flag, 'brief') && flag.length > 1) read = { ...read, brief: true };
    else if (isShortFor(flag, 'json')) read = { ...read, json: true };
    else if (isShortFor(flag, 'pretty')) read = { ...read, pretty: true };
    else if (isShortFor(flag, 'details')) read = { ...read, details: true };
    else if (isShortFor(flag, 'stats') || isShortFor(flag, 'statistics')) read = { ...read, stats: true };
    else if (!isShortFor(flag, 'color') && flag !== 'c') throw new IpError(`Option "-${flag}" is unknown, try "ip -help".`, 255);
  }
  return { call: read, words: new Words(args.slice(at)) };
}
