/** Flags whose argument is a small record, and that may be given several times. */
import type { Flag, FlagOptions } from './flag.ts';

/** Every occurrence is parsed into one record. */
export function records<Item>(
  usage: string,
  type: string,
  parse: (text: string) => Item,
  options: FlagOptions<readonly Item[]> = {},
): Flag<readonly Item[]> {
  return {
    type: options.type ?? type,
    usage,
    ...(options.short === undefined ? {} : { short: options.short }),
    shownDefault: options.shownDefault ?? '',
    initial: [],
    add: (before, text) => [...before, parse(text)],
  };
}

/** The same, and the code that parses is fetched when the flag is given. */
export function recordsLater<Item>(
  usage: string,
  type: string,
  load: () => Promise<(text: string) => Item>,
  options: FlagOptions<readonly Item[]> = {},
): Flag<readonly Item[]> {
  let parse: ((text: string) => Item) | undefined;
  const known = (text: string): Item => {
    if (parse === undefined) throw new Error('a flag is read before its code is there');
    return parse(text);
  };
  return {
    ...records(usage, type, known, options),
    load: async () => {
      parse ??= await load();
    },
  };
}
