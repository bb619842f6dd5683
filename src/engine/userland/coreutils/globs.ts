/** Patterns of file names: `*`, `?`, `[a-z]`, as fnmatch(3) without special slashes. */
export function globRegex(glob: string, { ignoreCase = false }: { readonly ignoreCase?: boolean } = {}): RegExp {
  let source = '';
  for (let at = 0; at < glob.length; at += 1) {
    const char = glob[at] ?? '';
    const bracket = char === '[' ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(glob.slice(at)) : null;
    if (bracket) {
      source += `[${bracket[1] === '' ? '' : '^'}${(bracket[2] ?? '').replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? '').replace(/[\\\]]/g, '\\$&')}]`;
      at += bracket[0].length - 1;
    } else if (char === '*') source += '.*';
    else if (char === '?') source += '.';
    else if (char === '\\') {
      at += 1;
      source += (glob[at] ?? '\\').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    } else source += char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
}

const CLASSES: Readonly<Record<string, string>> = { alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s', punct: '!-/:-@[-`{-~' };
