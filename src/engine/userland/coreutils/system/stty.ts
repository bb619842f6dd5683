/** `stty`: the settings of a terminal. The kernel keeps those that something here looks at; the others are as a new terminal has them. */
import type { TerminalMode } from '../../../kernel/sys.ts';
import type { Tool, Utility } from '../../tool.ts';

const SWITCHES: Readonly<Record<string, keyof TerminalMode>> = {
  icanon: 'canonical',
  echo: 'echo',
  isig: 'signals',
  onlcr: 'outputNewline',
  icrnl: 'inputNewline',
};
const RAW: TerminalMode = { canonical: false, signals: false, inputNewline: false, outputNewline: false, echo: true };
const COOKED = { canonical: true, signals: true, inputNewline: true, outputNewline: true };
/** The special characters as -g writes them, after the four words of flags. */
const SAVED_CHARACTERS = `3:1c:7f:15:4:0:1:0:11:13:1a:0:12:f:17:16${':0'.repeat(16)}`;
const OTHERS = /^-?(echo[a-z]+|ixon|ixoff|opost|brkint|imaxbel|iutf8|tostop|iexten|cread|hupcl|cs8|\d+)$/;

export const stty: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(
    { short: 'agF:', long: { all: 'a', save: 'g', file: 'F:' }, usage: '[-a|g] [-F DEVICE] [SETTING]...', stopsAtOperand: true },
    tool.args.map((word) => (/^-[a-z]{2,}$/.test(word) ? `\0${word}` : word)),
  );
  const fd = options.has('F') ? await sys.open(options.value('F') ?? '', { read: true, write: true }) : 0;
  if (!sys.fds.isatty(fd))
    return tool.die(tool.isBusybox ? 'standard input: Inappropriate ioctl for device' : "'standard input': Inappropriate ioctl for device");
  const words = options.operands.map((word) => word.replace('\0', ''));
  if (options.has('g')) return save(tool, sys.tty.mode(fd));
  if (words.length === 0) return showSettings(tool, { fd, all: options.has('a') });
  for (let at = 0; at < words.length; at += 1) {
    const takesValue = /^(rows|cols|columns|min|time)$/.test(words[at] ?? '');
    await set(tool, { fd, word: words[at] ?? '', value: words[at + 1] });
    if (takesValue) at += 1;
  }
  return 0;
};

async function set(tool: Tool, { fd, word, value }: { fd: number; word: string; value: string | undefined }): Promise<void> {
  const { tty } = tool.sys;
  const size = tty.size(fd);
  switch (word) {
    case 'size':
      return size.rows === 0
        ? tool.warn(tool.isBusybox ? 'standard input' : 'standard input: no size')
        : tool.out.write(`${size.rows} ${size.columns}\n`);
    case 'speed':
      return tool.out.write('38400\n');
    case 'raw':
      return tty.setMode(fd, { ...RAW, echo: tty.mode(fd).echo });
    case 'cooked':
    case '-raw':
      return tty.setMode(fd, COOKED);
    case 'sane':
      return tty.setMode(fd, { ...COOKED, echo: true });
    case 'rows':
      return tty.setSize(fd, { ...size, rows: Number(value) });
    case 'cols':
    case 'columns':
      return tty.setSize(fd, { ...size, columns: Number(value) });
    case 'min':
    case 'time':
      return;
    default: {
      if (/^[\da-f]+(:[\da-f]+){3,}$/.test(word)) return tty.setMode(fd, savedMode(word));
      const name = SWITCHES[word.replace(/^-/, '')];
      if (name !== undefined) return tty.setMode(fd, { [name]: !word.startsWith('-') });
      if (OTHERS.test(word)) return;
      if (tool.isBusybox) await tool.die(word.startsWith('-') ? `invalid argument '${word}'` : `invalid number '${word}'`);
      await tool.die(`invalid argument '${word}'\nTry '${tool.name} --help' for more information.`);
    }
  }
}

/** termios' flags, as four hexadecimal words. */
async function save(tool: Tool, mode: TerminalMode): Promise<number> {
  const input = 0x400 + (mode.inputNewline ? 0x100 : 0);
  const local = 0x8a30 + (mode.signals ? 1 : 0) + (mode.canonical ? 2 : 0) + (mode.echo ? 8 : 0);
  await tool.out.write(`${input.toString(16)}:${mode.outputNewline ? 5 : 4}:bf:${local.toString(16)}:${SAVED_CHARACTERS}\n`);
  return 0;
}

function savedMode(text: string): TerminalMode {
  const [input = 0, output = 0, , local = 0] = text.split(':').map((word) => Number.parseInt(word, 16));
  return {
    inputNewline: (input & 0x100) !== 0,
    outputNewline: (output & 1) !== 0,
    signals: (local & 1) !== 0,
    canonical: (local & 2) !== 0,
    echo: (local & 8) !== 0,
  };
}

const charactersOf = (discard: string): readonly string[] => [
  'intr = ^C;',
  'quit = ^\\;',
  'erase = ^?;',
  'kill = ^U;',
  'eof = ^D;',
  'eol = <undef>;',
  'eol2 = <undef>;',
  'swtch = <undef>;',
  'start = ^Q;',
  'stop = ^S;',
  'susp = ^Z;',
  'rprnt = ^R;',
  'werase = ^W;',
  'lnext = ^V;',
  `${discard} = ^O;`,
  'min = 1;',
  'time = 0;',
];

/** Words in rows as wide as the terminal. */
function rows(words: readonly string[], columns: number): string {
  let text = '';
  let at = 0;
  for (const word of words) {
    if (at > 0 && at + 1 + word.length >= columns) {
      text += '\n';
      at = 0;
    }
    text += at > 0 ? ` ${word}` : word;
    at += word.length + (at > 0 ? 1 : 0);
  }
  return text === '' ? '' : `${text}\n`;
}

/** The settings by kind, in termios' order: of the line, of what is typed, of what is printed, of the line's editing. */
function settingsOf(mode: TerminalMode): readonly string[] {
  const on = (name: string, isOn: boolean): string => (isOn ? name : `-${name}`);
  const isRaw = !mode.canonical && !mode.outputNewline;
  return [
    '-parenb -parodd -cmspar cs8 -hupcl -cstopb cread -clocal -crtscts',
    `-ignbrk -brkint -ignpar -parmrk -inpck -istrip -inlcr -igncr ${on('icrnl', mode.inputNewline)} ${on('ixon', !isRaw)} -ixoff -iuclc -ixany -imaxbel -iutf8`,
    `${on('opost', !isRaw)} -olcuc -ocrnl ${on('onlcr', mode.outputNewline || isRaw)} -onocr -onlret -ofill -ofdel nl0 cr0 tab0 bs0 vt0 ff0`,
    `${on('isig', mode.signals)} ${on('icanon', mode.canonical)} iexten ${on('echo', mode.echo)} echoe echok -echonl -noflsh -xcase -tostop -echoprt echoctl echoke -flusho -extproc`,
  ];
}

/** What is not as `sane` would have it. */
function oddOf(mode: TerminalMode): readonly string[] {
  const isRaw = !mode.canonical && !mode.outputNewline;
  const off = (words: Readonly<Record<string, boolean>>): string =>
    Object.keys(words)
      .filter((word) => words[word] === false)
      .map((word) => `-${word}`)
      .join(' ');
  return [
    off({ brkint: false, icrnl: mode.inputNewline, ixon: !isRaw, imaxbel: false }),
    off({ opost: !isRaw, onlcr: mode.outputNewline || isRaw }),
    off({ isig: mode.signals, icanon: mode.canonical, echo: mode.echo }),
  ];
}

async function showSettings(tool: Tool, { fd, all }: { fd: number; all: boolean }): Promise<number> {
  const { rows: height, columns } = tool.sys.tty.size(fd);
  const width = columns || 80;
  const mode = tool.sys.tty.mode(fd);
  await tool.out.write('speed 38400 baud;');
  if (all && height === 0 && tool.isBusybox) await tool.warn('standard input');
  else if (all) await tool.out.write(` rows ${height}; columns ${columns};`);
  await tool.out.write(' line = 0;\n');
  if (all || tool.isBusybox) await tool.out.write(rows(charactersOf(tool.isBusybox ? 'flush' : 'discard'), width));
  for (const line of all ? settingsOf(mode) : oddOf(mode))
    await tool.out.write(
      rows(
        line.split(' ').filter((word) => word !== ''),
        width,
      ),
    );
  return tool.status;
}
