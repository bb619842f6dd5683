/** The colours of the terminal display: NO_COLOR takes them away, BUILDKIT_COLORS chooses others. */
export interface Colours {
  readonly run: string;
  readonly cancel: string;
  readonly error: string;
}

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const sgr = (codes: string): string => `\x1b[${codes}m`;
const NORMAL = { run: sgr('34'), cancel: sgr('33'), error: sgr('31') };
const KEYS = ['run', 'cancel', 'error'] as const;

/** Text in a colour; '' is none. */
export const paint = (colour: string, text: string): string => (colour === '' ? text : `${colour}${text}\x1b[0m`);

export function coloursOf(env: ReadonlyMap<string, string>): Colours {
  if ((env.get('NO_COLOR') ?? '') !== '') return { run: '', cancel: '', error: '' };
  const chosen: Record<string, string> = {};
  for (const field of fields(env.get('BUILDKIT_COLORS') ?? '')) {
    const [key = '', value = ''] = field.split('=');
    const colour = colourOf(value.toLowerCase());
    if (colour !== undefined && KEYS.some((one) => one === key.toLowerCase())) chosen[key.toLowerCase()] = colour;
  }
  return { ...NORMAL, ...chosen };
}

/** `run=green:cancel=255,0,0`; a number of colours may stand in quotes. */
const fields = (text: string): readonly string[] => text.split(':').map((field) => field.replaceAll('"', ''));

function colourOf(value: string): string | undefined {
  if (value === 'default') return sgr('39');
  const light = value.startsWith('light-');
  const at = NAMES.indexOf(value.replace(/^light-/, ''));
  if (at >= 0) return sgr(String((light ? 90 : 30) + at));
  const parts = value.split(',').map(Number);
  if (parts.length !== 3 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)) return undefined;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => Math.floor((part * 6) / 256));
  return sgr(`38;5;${16 + 36 * red + 6 * green + blue}`);
}
