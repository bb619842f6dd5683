/** A word in single quotes, so that the shell reads it as it is (as `set`, `export -p` and `alias` print it). */
export function quoteForShell(text: string): string {
  return `'${text.replace(/'+/g, (quotes) => `'"${quotes}"'`)}'`;
}
