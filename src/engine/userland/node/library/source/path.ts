/** The module `path`, in JavaScript. */
export const SOURCE = String.raw`'use strict';
function check(path, name) {
  if (typeof path !== 'string') throw host.invalidArgument(name, 'of type string', path);
}
function normalizeParts(path, allowAbove) {
  const out = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (out.length > 0 && out[out.length - 1] !== '..') out.pop();
      else if (allowAbove) out.push('..');
    } else out.push(part);
  }
  return out.join('/');
}
const posix = {
  resolve(...args) {
    let path = '';
    let isAbsolute = false;
    for (let i = args.length - 1; i >= -1 && !isAbsolute; i -= 1) {
      const part = i >= 0 ? args[i] : process.cwd();
      check(part, 'paths[' + i + ']');
      if (part.length === 0) continue;
      path = part + '/' + path;
      isAbsolute = part.startsWith('/');
    }
    path = normalizeParts(path, !isAbsolute);
    return isAbsolute ? '/' + path : path.length > 0 ? path : '.';
  },
  normalize(path) {
    check(path, 'path');
    if (path.length === 0) return '.';
    const isAbsolute = path.startsWith('/');
    const trailing = path.endsWith('/');
    let made = normalizeParts(path, !isAbsolute);
    if (made.length === 0) return isAbsolute ? '/' : trailing ? './' : '.';
    if (trailing) made += '/';
    return isAbsolute ? '/' + made : made;
  },
  isAbsolute(path) {
    check(path, 'path');
    return path.startsWith('/');
  },
  join(...args) {
    const parts = [];
    for (const arg of args) {
      check(arg, 'path');
      if (arg.length > 0) parts.push(arg);
    }
    return parts.length === 0 ? '.' : posix.normalize(parts.join('/'));
  },
  relative(from, to) {
    check(from, 'from');
    check(to, 'to');
    from = posix.resolve(from);
    to = posix.resolve(to);
    if (from === to) return '';
    const a = from.split('/').filter(Boolean);
    const b = to.split('/').filter(Boolean);
    let same = 0;
    while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
    return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/');
  },
  toNamespacedPath: (path) => path,
  dirname(path) {
    check(path, 'path');
    if (path.length === 0) return '.';
    const trimmed = path.replace(/(?!^)\/+$/, '');
    const at = trimmed.lastIndexOf('/');
    if (at < 0) return '.';
    return at === 0 ? '/' : trimmed.slice(0, at).replace(/(?!^)\/+$/, '') || '/';
  },
  basename(path, suffix) {
    check(path, 'path');
    const base = path.replace(/\/+$/, '').replace(/^.*\//, '');
    return suffix !== undefined && base.endsWith(suffix) && base !== suffix ? base.slice(0, base.length - suffix.length) : base;
  },
  extname(path) {
    check(path, 'path');
    const base = posix.basename(path);
    const at = base.lastIndexOf('.');
    return at <= 0 || base === '..' ? '' : base.slice(at);
  },
  format(parts) {
    const dir = parts.dir || parts.root;
    const ext = parts.ext ? (parts.ext.startsWith('.') ? parts.ext : '.' + parts.ext) : '';
    const base = parts.base || (parts.name || '') + ext;
    if (!dir) return base;
    return dir === parts.root ? dir + base : dir + '/' + base;
  },
  parse(path) {
    check(path, 'path');
    const root = path.startsWith('/') ? '/' : '';
    const base = posix.basename(path);
    const ext = posix.extname(path);
    const dir = posix.dirname(path);
    return { root, dir: dir === '.' && !path.startsWith('.') ? '' : dir, base, ext, name: ext ? base.slice(0, base.length - ext.length) : base };
  },
  matchesGlob: undefined,
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};
posix.posix = posix;
posix.win32 = posix;
delete posix.matchesGlob;
module.exports = posix;
`;
