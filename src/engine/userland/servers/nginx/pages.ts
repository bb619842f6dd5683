/** The pages that nginx makes itself. */
import { reasonOf } from '../../../http/index.ts';
import type { Sys } from '../../../kernel/sys.ts';

/** Titles that differ from the usual reason phrases. */
const TITLES: Readonly<Record<number, string>> = {
  405: 'Not Allowed',
  408: 'Request Time-out',
  413: 'Request Entity Too Large',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

export function errorBody(status: number, version: string): string {
  const title = `${status} ${TITLES[status] ?? reasonOf(status)}`;
  const server = version === '' ? 'nginx' : `nginx/${version}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** `autoindex on`: directories first, then files, by name. */
export function autoindexPage(sys: Sys, path: string, disk: string): string {
  const entries = sys.path
    .readdir(disk)
    .filter(({ name }) => !name.startsWith('.'))
    .map(({ name }) => ({ name, stat: sys.path.stat(`${disk}${name}`) }));
  const rank = (type: string): number => (type === 'directory' ? 0 : 1);
  entries.sort((a, b) => rank(a.stat.type) - rank(b.stat.type) || (a.name < b.name ? -1 : 1));
  const lines = entries.map(({ name, stat }) => {
    const label = stat.type === 'directory' ? `${name}/` : name;
    const date = new Date(Number(stat.mtimeNs / 1_000_000n));
    const time = `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()] ?? ''}-${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
    const shown = label.length > 50 ? `${label.slice(0, 47)}..>` : label;
    const size = stat.type === 'directory' ? '-' : String(stat.sizeBytes);
    return `<a href="${encodeURI(label)}">${escaped(shown)}</a>${' '.repeat(Math.max(0, 51 - shown.length))}${time} ${size.padStart(19)}\r\n`;
  });
  const title = `Index of ${escaped(path)}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${lines.join('')}</pre><hr></body>\r\n</html>\r\n`;
}
