/** A module that waits at its top for what never comes. */
import { readText } from '../modules/paths.ts';
import type { Host } from './host.ts';

export function awaitExcerpt(host: Host, path: string): string {
  const text = readText(host.sys, path);
  const found = /^.*\bawait\b/m.exec(text);
  const before = found === null ? '' : text.slice(0, found.index + found[0].length - 'await'.length);
  const line = before.split('\n').length;
  const column = before.length - (before.lastIndexOf('\n') + 1);
  const source = text.split('\n')[line - 1] ?? '';
  return `Warning: Detected unsettled top-level await at file://${path}:${line}\n${source}\n${' '.repeat(column)}^\n\n\n\n`;
}
