/** The module `fs`, in JavaScript. */
export const SOURCE = String.raw`'use strict';
const { Buffer } = require('buffer');
const path = require('path');
const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024, S_IFMT: 61440, S_IFREG: 32768, S_IFDIR: 16384, S_IFLNK: 40960 };
class Stats {
  constructor(list) {
    [this.dev, this.mode, this.nlink, this.uid, this.gid, this.rdev, this.blksize, this.ino, this.size, this.blocks, this.atimeMs, this.mtimeMs, this.ctimeMs, this.birthtimeMs] = list;
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[name] = new Date(this[name + 'Ms']);
  }
  isDirectory() { return (this.mode & 61440) === 16384; }
  isFile() { return (this.mode & 61440) === 32768; }
  isSymbolicLink() { return (this.mode & 61440) === 40960; }
  isFIFO() { return (this.mode & 61440) === 4096; }
  isSocket() { return (this.mode & 61440) === 49152; }
  isCharacterDevice() { return (this.mode & 61440) === 8192; }
  isBlockDevice() { return (this.mode & 61440) === 24576; }
}
class Dirent {
  #mode;
  constructor(name, parent, mode) {
    this.name = name;
    this.parentPath = parent;
    this.#mode = mode;
  }
  isDirectory() { return this.#mode === 16384; }
  isFile() { return this.#mode === 32768; }
  isSymbolicLink() { return this.#mode === 40960; }
}
function pathOf(value, name = 'path') {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw host.coded('TypeError', 'ERR_INVALID_ARG_VALUE', 'The argument \'' + name + '\' must be a string, Uint8Array, or URL without null bytes. Received ' + JSON.stringify(value));
    return value;
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (value && typeof value === 'object' && value.protocol === 'file:') return decodeURIComponent(value.pathname);
  throw host.invalidArgument(name, 'of type string or an instance of Buffer or URL', value);
}
const fdOrPath = (value) => (Number.isInteger(value) && value >= 0 ? value : pathOf(value));
const optionsOf = (options, defaults) => ({ ...defaults, ...(typeof options === 'string' ? { encoding: options } : options) });
const modeOf = (mode, fallback) => (mode === undefined || mode === null ? fallback : typeof mode === 'string' ? parseInt(mode, 8) : mode);
const dataOf = (data, encoding) => {
  if (typeof data === 'string') return encoding && encoding !== 'utf8' ? Buffer.from(data, encoding) : data;
  if (ArrayBuffer.isView(data)) return data;
  throw host.invalidArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
};
const flagOf = (flag, fallback) => {
  if (flag === undefined || flag === null) return fallback;
  if (typeof flag === 'number') return (flag & 3) === 0 ? 'r' : flag & 1024 ? 'a' : flag & 512 ? (flag & 2 ? 'w+' : 'w') : 'r+';
  if (!host.validFlags(flag)) throw host.coded('TypeError', 'ERR_INVALID_ARG_VALUE', 'The argument \'flags\' is invalid. Received \'' + flag + '\'');
  return flag;
};
const text = (bytes, encoding) => (encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes);
const same = (value) => value;
// Each: the words of the call, what is made of its answer.
const plans = {
  readFile(file, options) {
    options = optionsOf(options, {});
    const name = fdOrPath(file);
    return ['readFile', [name], typeof name === 'number' ? ['read'] : ['open', name], (bytes) => text(bytes, options.encoding), 'EISDIR'];
  },
  writeFile(file, data, options) {
    options = optionsOf(options, { encoding: 'utf8', mode: 438 });
    const name = fdOrPath(file);
    return ['writeFile', [name, dataOf(data, options.encoding), flagOf(options.flag, 'w'), modeOf(options.mode, 438)], ['open', name], () => undefined];
  },
  appendFile(file, data, options) {
    return plans.writeFile(file, data, { ...optionsOf(options, {}), flag: 'a' });
  },
  open: (file, flags, mode) => ['open', [pathOf(file), flagOf(flags, 'r'), modeOf(mode, 438)], ['open', pathOf(file)], same],
  close: (fd) => ['close', [fd], ['close'], same],
  read(fd, buffer, offset, length, position) {
    if (offset !== null && typeof offset === 'object') ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
    return ['read', [fd, buffer, offset || 0, length === undefined ? buffer.byteLength - (offset || 0) : length, position], ['read'], same];
  },
  write(fd, data, offset, length, position) {
    if (typeof data === 'string') return ['write', [fd, dataOf(data, length), offset], ['write'], same];
    return ['write', [fd, data.subarray(offset || 0, length === undefined || length === null ? undefined : (offset || 0) + length), position], ['write'], same];
  },
  stat: (file) => ['stat', [pathOf(file)], ['stat', pathOf(file)], (list) => new Stats(list)],
  lstat: (file) => ['lstat', [pathOf(file)], ['lstat', pathOf(file)], (list) => new Stats(list)],
  fstat: (fd) => ['fstat', [fd], ['fstat'], (list) => new Stats(list)],
  readdir(file, options) {
    options = optionsOf(options, {});
    const name = pathOf(file);
    return ['scandir', [name], ['scandir', name], (list) => list.map(([entry, mode]) => (options.withFileTypes ? new Dirent(entry, name, mode) : entry))];
  },
  mkdir(file, options) {
    options = typeof options === 'object' && options !== null ? options : { mode: options };
    const name = pathOf(file);
    return ['mkdir', [options.recursive ? path.resolve(name) : name, modeOf(options.mode, 511), Boolean(options.recursive)], ['mkdir', name], same];
  },
  rmdir: (file) => ['rmdir', [pathOf(file)], ['rmdir', pathOf(file)], same],
  unlink: (file) => ['unlink', [pathOf(file)], ['unlink', pathOf(file)], same],
  rename: (from, to) => ['rename', [pathOf(from, 'oldPath'), pathOf(to, 'newPath')], ['rename', pathOf(from), pathOf(to)], same],
  copyFile: (from, to) => ['copyfile', [pathOf(from, 'src'), pathOf(to, 'dest')], ['copyfile', pathOf(from), pathOf(to)], same],
  link: (from, to) => ['link', [pathOf(from), pathOf(to)], ['link', pathOf(from), pathOf(to)], same],
  symlink: (target, file) => ['symlink', [pathOf(target, 'target'), pathOf(file)], ['symlink', pathOf(target), pathOf(file)], same],
  readlink: (file) => ['readlink', [pathOf(file)], ['readlink', pathOf(file)], same],
  realpath: (file) => ['realpath', [pathOf(file)], ['realpath', pathOf(file)], same],
  chmod: (file, mode) => ['chmod', [pathOf(file), modeOf(mode, 0)], ['chmod', pathOf(file)], same],
  chown: (file, uid, gid) => ['chown', [pathOf(file), uid, gid], ['chown', pathOf(file)], same],
  utimes: (file, atime, mtime) => ['utime', [pathOf(file), Number(atime) > 1e11 ? Number(atime) / 1000 : Number(atime), Number(mtime) > 1e11 ? Number(mtime) / 1000 : Number(mtime)], ['utime', pathOf(file)], same],
  truncate: (file, size) => ['truncate', [pathOf(file), size || 0], ['open', pathOf(file)], same],
  ftruncate: (fd, size) => ['ftruncate', [fd, size || 0], ['ftruncate'], same],
  access: (file, mode) => ['access', [pathOf(file), mode || 0], ['access', pathOf(file)], same],
  rm(file, options) {
    options = options || {};
    const name = pathOf(file);
    return [options.recursive ? 'rm' : 'unlink', [name], options.recursive ? ['rm', name] : ['rm', name], same, options.force ? 'ENOENT' : undefined];
  },
};
function fixed(error, plan) {
  if (plan[4] === 'EISDIR' && error.code === 'EISDIR') {
    const made = new Error('EISDIR: illegal operation on a directory, read');
    Object.assign(made, { errno: -21, code: 'EISDIR', syscall: 'read' });
    return made;
  }
  return error;
}
const fs = { constants, Stats, Dirent, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 };
const promises = { constants };
const isQuiet = (error, plan) => plan[4] === 'ENOENT' && error.code === 'ENOENT';
for (const [name, make] of Object.entries(plans)) {
  const names = { [name + 'Sync'](...args) {
    const plan = make(...args);
    let answer;
    try {
      answer = host.call(plan[0], plan[1], plan[2]);
    } catch (error) {
      if (isQuiet(error, plan)) return undefined;
      throw fixed(error, plan);
    }
    return plan[3](answer);
  }, [name](...args) {
    const callback = args.pop();
    if (typeof callback !== 'function') throw host.invalidArgument('cb', 'of type function', callback);
    const plan = make(...args);
    host.begin(plan[0], plan[1], plan[2], (error, answer) => {
      if (error) return isQuiet(error, plan) ? callback(null) : callback(fixed(error, plan));
      const value = plan[3](answer);
      if (name === 'read' || name === 'write') return callback(null, value, args[1]);
      return value === undefined ? callback(null) : callback(null, value);
    });
  } };
  fs[name + 'Sync'] = names[name + 'Sync'];
  fs[name] = names[name];
  promises[name] = { async [name](...args) {
    const plan = make(...args);
    try {
      return plan[3](await new Promise((resolve, reject) => host.begin(plan[0], plan[1], plan[2], (error, answer) => (error ? reject(error) : resolve(answer)))));
    } catch (error) {
      if (isQuiet(error, plan)) return undefined;
      const late = fixed(error, plan);
      Error.captureStackTrace(late);
      throw late;
    }
  } }[name];
}
fs.existsSync = function existsSync(file) {
  try {
    fs.accessSync(file);
    return true;
  } catch {
    return false;
  }
};
fs.exists = (file, callback) => fs.access(file, (error) => callback(!error));
fs.mkdtempSync = function mkdtempSync(prefix) {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const name = prefix + Array.from({ length: 6 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
  fs.mkdirSync(name, 448);
  return name;
};
fs.mkdtemp = (prefix, options, callback = options) => process.nextTick(() => callback(null, fs.mkdtempSync(prefix)));
promises.mkdtemp = async (prefix) => fs.mkdtempSync(prefix);
function copyTree(from, to) {
  if (!fs.statSync(from).isDirectory()) return fs.copyFileSync(from, to);
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from)) copyTree(path.join(from, name), path.join(to, name));
}
fs.cpSync = (from, to) => copyTree(from, to);
promises.cp = async (from, to) => copyTree(from, to);
fs.realpathSync.native = fs.realpathSync;
class FileHandle {
  constructor(fd) {
    this.fd = fd;
  }
  async close() {
    return promises.close(this.fd);
  }
  async readFile(options) {
    return promises.readFile(this.fd, options);
  }
  async writeFile(data, options) {
    return promises.writeFile(this.fd, data, options);
  }
  async appendFile(data, options) {
    return promises.writeFile(this.fd, data, options);
  }
  async write(data, ...rest) {
    return { bytesWritten: await promises.write(this.fd, data, ...rest), buffer: data };
  }
  async read(buffer, ...rest) {
    return { bytesRead: await promises.read(this.fd, buffer, ...rest), buffer };
  }
  async stat() {
    return promises.fstat(this.fd);
  }
}
const openPlain = promises.open;
promises.open = async (...args) => new FileHandle(await openPlain(...args));
fs.promises = promises;
function streamClasses() {
  const { Readable, Writable } = require('stream');
  class ReadStream extends Readable {
    constructor(file, options) {
      options = optionsOf(options, {});
      super({ encoding: options.encoding, highWaterMark: options.highWaterMark || 65536 });
      this.path = file;
      this.fd = options.fd === undefined ? null : options.fd;
      this.bytesRead = 0;
      this.at = options.start;
      this.left = options.end === undefined ? Infinity : options.end - (options.start || 0) + 1;
      if (this.fd === null)
        fs.open(file, 'r', (error, fd) => {
          if (error) return this.destroy(error);
          this.fd = fd;
          this.emit('open', fd);
          this.emit('ready');
          if (this.wanted) this._read(this.wanted);
        });
    }
    _read(size) {
      if (this.fd === null) {
        this.wanted = size;
        return;
      }
      const buffer = Buffer.alloc(Math.min(size, this.left));
      if (buffer.length === 0) return this.finish();
      fs.read(this.fd, buffer, 0, buffer.length, this.at === undefined ? null : this.at, (error, count) => {
        if (error) return this.destroy(error);
        if (count === 0) return this.finish();
        if (this.at !== undefined) this.at += count;
        this.left -= count;
        this.bytesRead += count;
        this.push(buffer.subarray(0, count));
      });
    }
    finish() {
      if (this.fd !== null && this.fd > 2) fs.close(this.fd, () => {});
      this.push(null);
    }
  }
  class WriteStream extends Writable {
    constructor(file, options) {
      options = optionsOf(options, {});
      super({ decodeStrings: true });
      this.path = file;
      this.fd = null;
      this.bytesWritten = 0;
      fs.open(file, options.flags || 'w', modeOf(options.mode, 438), (error, fd) => {
        if (error) return this.destroy(error);
        this.fd = fd;
        this.emit('open', fd);
        this.emit('ready');
        if (this.later) this.later();
      });
    }
    _write(chunk, encoding, callback) {
      if (this.fd === null) {
        this.later = () => this._write(chunk, encoding, callback);
        return;
      }
      fs.write(this.fd, chunk, 0, chunk.length, null, (error, count) => {
        this.bytesWritten += count || 0;
        callback(error);
      });
    }
    _final(callback) {
      if (this.fd === null) {
        this.later = () => this._final(callback);
        return;
      }
      fs.close(this.fd, callback);
    }
  }
  return { ReadStream, WriteStream };
}
let classes;
const made = () => (classes = classes || streamClasses());
fs.createReadStream = (file, options) => new (made().ReadStream)(file, options);
fs.createWriteStream = (file, options) => new (made().WriteStream)(file, options);
const stamps = (file) => {
  try {
    const stat = fs.statSync(file);
    return stat.mtimeMs + ':' + stat.size + ':' + stat.ino + (stat.isDirectory() ? fs.readdirSync(file).map((name) => name + stamps(path.join(file, name))).join() : '');
  } catch {
    return '';
  }
};
fs.watchFile = (file, options, listener = options) => {
  let before = fs.existsSync(file) ? fs.statSync(file) : new Stats(Array(14).fill(0));
  setInterval(() => {
    const now = fs.existsSync(file) ? fs.statSync(file) : new Stats(Array(14).fill(0));
    if (now.mtimeMs !== before.mtimeMs) listener(now, before);
    before = now;
  }, (options && options.interval) || 5007);
};
fs.watch = (file, options, listener = options) => {
  const EventEmitter = require('events');
  const watcher = new EventEmitter();
  if (!fs.existsSync(file)) fs.accessSync(file);
  let before = stamps(file);
  const timer = setInterval(() => {
    const now = stamps(file);
    if (now !== before) watcher.emit('change', 'change', path.basename(file));
    before = now;
  }, 100);
  watcher.close = () => clearInterval(timer);
  if (typeof listener === 'function') watcher.on('change', listener);
  return watcher;
};
module.exports = fs;
`;
