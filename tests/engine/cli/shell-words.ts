/** Splits a command line as a shell would: blanks, single and double quotes. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  for (const match of line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g))
    words.push(match[0].replace(/'([^']*)'|"([^"]*)"/g, (_all, single?: string, double?: string) => single ?? double ?? ''));
  return words;
}
