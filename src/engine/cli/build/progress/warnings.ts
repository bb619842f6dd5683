import type { VertexWarning } from '../../../api-types/build-trace.ts';
import { decodeText } from '../../text.ts';
import { showSource } from './source.ts';

/** The list of warnings after a build; in debug mode each with its explanation and the lines that it is about. */
export function showWarnings(warnings: readonly VertexWarning[], debug: boolean): string {
  const distinct = [...new Map(warnings.map((warning) => [keyOf(warning), warning])).values()];
  if (distinct.length === 0) return '';
  const count = distinct.length === 1 ? '1 warning found' : `${distinct.length} warnings found`;
  const hint = debug ? '' : ' (use docker --debug to expand)';
  return `\n \x1b[33m${count}${hint}:\n\x1b[0m${distinct.map((warning) => showWarning(warning, debug)).join('')}`;
}

const keyOf = ({ short, ranges = [] }: VertexWarning): string =>
  `${decodeText(short)}\0${ranges.map(({ start, end }) => `${start?.line}-${end?.line}`).join()}`;

function showWarning({ short, detail = [], url, info, ranges = [] }: VertexWarning, debug: boolean): string {
  const head = ` - ${decodeText(short)}\n`;
  if (!debug) return head;
  const lines = ranges.map(({ start, end }) => ({ start: start?.line ?? 0, end: end?.line ?? 0 }));
  return [
    head,
    ...detail.map((line) => `${decodeText(line)}\n`),
    url === undefined || url === '' ? '' : `More info: ${url}\n`,
    info === undefined ? '' : showSource({ filename: info.filename, text: decodeText(info.data), ranges: lines }),
    '\n',
  ].join('');
}
