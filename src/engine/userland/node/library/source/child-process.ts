/** The module `child_process`, in JavaScript. */
export const SOURCE = String.raw`'use strict';
const EventEmitter = require('events');
const net = require('net');
class ChildProcess extends EventEmitter {
  constructor() {
    super();
    this.pid = undefined;
    this.exitCode = null;
    this.signalCode = null;
    this.killed = false;
    this.connected = false;
  }
  kill(signal = 'SIGTERM') {
    if (this.exitCode !== null || this.signalCode !== null) return false;
    this.killed = host.kill(this.pid, signal);
    return this.killed;
  }
  ref() {}
  unref() {}
}
const stdioOf = (stdio, fallback) => {
  if (stdio === undefined || stdio === null) stdio = fallback;
  const list = typeof stdio === 'string' ? [stdio, stdio, stdio] : [...stdio];
  while (list.length < 3) list.push('pipe');
  return list.slice(0, 3).map((one, number) => (one === null || one === undefined ? 'pipe' : typeof one === 'number' ? String(one) : typeof one === 'object' ? String(one.fd ?? number) : one === 'overlapped' ? 'pipe' : one));
};
function planOf(file, args, options) {
  if (typeof file !== 'string') throw host.invalidArgument('file', 'of type string', file);
  if (options.shell) {
    const line = [file, ...args].join(' ');
    return { file: typeof options.shell === 'string' ? options.shell : '/bin/sh', args: [typeof options.shell === 'string' ? options.shell : '/bin/sh', '-c', line] };
  }
  return { file, args: [options.argv0 || file, ...args.map(String)] };
}
const split = (args, options) => (Array.isArray(args) ? [args, options || {}] : [[], args || {}]);
function spawn(file, args, options) {
  [args, options] = split(args, options);
  const child = new ChildProcess();
  const plan = planOf(file, args, options);
  child.spawnfile = plan.file;
  child.spawnargs = plan.args;
  const cwd = options.cwd instanceof URL ? options.cwd.pathname : options.cwd;
  let left = 1;
  let ended = null;
  const closing = () => {
    left -= 1;
    if (left === 0 && ended) child.emit('close', ended.status, ended.signal);
  };
  let started;
  try {
    started = host.spawn({ ...plan, cwd, env: options.env, detached: options.detached, stdio: stdioOf(options.stdio, 'pipe') }, (end) => {
      ended = end;
      child.exitCode = end.status;
      child.signalCode = end.signal;
      child.emit('exit', end.status, end.signal);
      for (const stream of [child.stdout, child.stderr]) if (stream && stream.readableFlowing === null) stream.resume();
      closing();
    });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    error.spawnargs = plan.args.slice(1);
    process.nextTick(() => {
      child.emit('error', error);
      child.emit('close', -2, null);
    });
    started = { pid: undefined, stdin: -1, stdout: -1, stderr: -1 };
    child.exitCode = -2;
    for (const name of ['stdin', 'stdout', 'stderr']) child[name] = new net.Socket();
    child.stdio = [child.stdin, child.stdout, child.stderr];
    return child;
  }
  child.pid = started.pid;
  for (const name of ['stdin', 'stdout', 'stderr']) {
    child[name] = started[name] < 0 ? null : new PipeSocket(started[name], name);
    if (name !== 'stdin' && child[name]) {
      left += 1;
      child[name].on('close', closing);
    }
  }
  child.stdio = [child.stdin, child.stdout, child.stderr];
  process.nextTick(() => child.emit('spawn'));
  if (options.timeout) setTimeout(() => child.kill(options.killSignal), options.timeout).unref();
  if (options.signal) options.signal.addEventListener('abort', () => { child.kill(); child.emit('error', Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' })); });
  return child;
}
class PipeSocket extends net.Socket {
  constructor(fd, name) {
    super();
    this.fd = fd;
    if (name === 'stdin') {
      this._readableState.ended = true;
      this._readableState.endEmitted = true;
      this._final = (callback) => {
        this.destroy();
        callback();
      };
      this.on('error', () => {});
    } else {
      this._writableState.finished = true;
      this._writableState.ending = true;
    }
  }
}
function execFile(file, args, options, callback) {
  if (typeof args === 'function') [callback, args, options] = [args, [], {}];
  else if (!Array.isArray(args)) [callback, options, args] = [options, args, []];
  if (typeof options === 'function') [callback, options] = [options, {}];
  options = { encoding: 'utf8', maxBuffer: 1024 * 1024, ...options };
  const child = spawn(file, args, { ...options, stdio: 'pipe' });
  const output = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr']) if (child[name]) child[name].on('data', (bytes) => output[name].push(bytes));
  const text = (name) => (options.encoding === 'buffer' ? Buffer.concat(output[name]) : Buffer.concat(output[name]).toString(options.encoding));
  let failed = null;
  child.on('error', (error) => { failed = error; });
  child.on('close', (status, signal) => {
    if (!callback) return;
    const [stdout, stderr] = [text('stdout'), text('stderr')];
    if (failed) return callback(Object.assign(failed, { cmd: [file, ...args].join(' '), stdout, stderr }), stdout, stderr);
    if (status === 0 && signal === null) return callback(null, stdout, stderr);
    const cmd = options.shell ? file : [file, ...args].join(' ');
    const error = new Error('Command failed: ' + cmd + '\n' + stderr);
    Object.assign(error, { code: status, killed: child.killed, signal, cmd });
    Object.defineProperties(error, { stdout: { value: stdout, enumerable: true, writable: true, configurable: true }, stderr: { value: stderr, enumerable: true, writable: true, configurable: true } });
    return callback(error, stdout, stderr);
  });
  return child;
}
function exec(command, options, callback) {
  if (typeof options === 'function') [callback, options] = [options, {}];
  return execFile(command, [], { ...options, shell: (options && options.shell) || true }, callback);
}
const custom = Symbol.for('nodejs.util.promisify.custom');
for (const fn of [exec, execFile])
  Object.defineProperty(fn, custom, { value: (...args) => new Promise((resolve, reject) => fn(...args, (error, stdout, stderr) => (error ? reject(Object.assign(error, { stdout, stderr })) : resolve({ stdout, stderr })))) });
function spawnSync(file, args, options) {
  [args, options] = split(args, options);
  const stdio = stdioOf(options.stdio, 'pipe');
  const coded = (bytes) => (bytes && options.encoding && options.encoding !== 'buffer' ? bytes.toString(options.encoding) : bytes);
  try {
    const ran = host.spawnSync({ ...planOf(file, args, options), cwd: options.cwd, env: options.env, stdio }, options.input);
    const [stdout, stderr] = [coded(ran.stdout), coded(ran.stderr)];
    return { pid: ran.pid, output: [null, stdout, stderr], stdout, stderr, status: ran.status, signal: ran.signal };
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    error.message = error.message.replace('spawn ', 'spawnSync ');
    error.syscall = error.syscall.replace('spawn ', 'spawnSync ');
    error.spawnargs = args;
    return { error, pid: 0, output: null, stdout: null, stderr: null, status: null, signal: null };
  }
}
function checked(ran, command, isQuiet) {
  if (ran.error) throw ran.error;
  if (ran.stderr && ran.stderr.length > 0 && !isQuiet) process.stderr.write(ran.stderr);
  if (ran.status === 0) return ran.stdout;
  const error = new Error('Command failed: ' + command + (ran.stderr && ran.stderr.length > 0 ? '\n' + ran.stderr.toString() : ''));
  throw Object.assign(error, ran);
}
const execFileSync = (file, args, options) => {
  [args, options] = split(args, options);
  return checked(spawnSync(file, args, options), [file, ...args].join(' '), Boolean(options.stdio));
};
const execSync = (command, options = {}) => checked(spawnSync(command, [], { ...options, shell: options.shell || true }), command, Boolean(options.stdio));
function fork(file, args, options) {
  [args, options] = split(args, options);
  return spawn(process.execPath, [...(options.execArgv || process.execArgv), file, ...args], { stdio: 'inherit', ...options, send: true });
}
module.exports = { ChildProcess, spawn, exec, execFile, spawnSync, execSync, execFileSync, fork };
`;
