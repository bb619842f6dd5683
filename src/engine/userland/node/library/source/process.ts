/** The object `process`: what of it is written in JavaScript. */
export const SOURCE = String.raw`'use strict';
const EventEmitter = require('events');
const proto = Object.create(EventEmitter.prototype);
Object.defineProperty(proto, 'constructor', { value: function process() {}, configurable: true, writable: true });
Object.defineProperty(proto, Symbol.toStringTag, { value: 'process', configurable: true });
Object.setPrototypeOf(process, proto);
EventEmitter.call(process);
for (const key of ['_events', '_eventsCount', '_maxListeners']) Object.defineProperty(process, key, { enumerable: false });
const isSignal = (type) => typeof type === 'string' && /^SIG[A-Z0-9]+$/.test(type);
process.on('newListener', (type) => {
  if (isSignal(type) && process.listenerCount(type) === 0) host.listenSignal(type, () => process.emit(type, type, host.signalNumber(type)));
  if (type === 'message' || type === 'disconnect') host.listenMessages();
});
process.on('removeListener', (type) => {
  if (isSignal(type) && process.listenerCount(type) === 0) host.ignoreSignal(type);
});

let isExiting = false;
function codeOf(code) {
  if (code === undefined || code === null) return code;
  if (typeof code === 'string' && code !== '' && Number.isInteger(Number(code))) return Number(code);
  if (typeof code !== 'number' && !Number.isInteger(code))
    throw host.invalidArgument('code', 'of type number', code);
  return code;
}
let exitCode;
Object.defineProperty(process, 'exitCode', {
  get: () => exitCode,
  set(code) {
    exitCode = codeOf(code);
  },
  enumerable: true,
  configurable: true,
});
process.exit = function exit(code) {
  if (arguments.length > 0 && code !== undefined) process.exitCode = code;
  if (!isExiting) {
    isExiting = true;
    process._exiting = true;
    process.emit('exit', process.exitCode || 0);
  }
  process.reallyExit(process.exitCode || 0);
};
host.setEmitters({
  exit(code) {
    if (code !== undefined && process.exitCode === undefined) exitCode = code;
    if (isExiting) return exitCode || 0;
    isExiting = true;
    process._exiting = true;
    process.emit('exit', exitCode || 0);
    return exitCode || 0;
  },
  beforeExit() {
    process.emit('beforeExit', exitCode || 0);
  },
  uncaught(error, origin) {
    if (process.listenerCount('uncaughtExceptionMonitor') > 0) process.emit('uncaughtExceptionMonitor', error, origin);
    return process.emit('uncaughtException', error, origin);
  },
  unhandled(reason, promise) {
    return process.emit('unhandledRejection', reason, promise);
  },
});
const warned = new Set();
process.emitWarning = function emitWarning(warning, type, code) {
  let options = type;
  if (options !== null && typeof options === 'object') {
    code = options.code;
    type = options.type;
  }
  let error = warning;
  if (typeof warning === 'string') {
    error = new Error(warning);
    error.name = String(type || 'Warning');
    if (code !== undefined) error.code = code;
  }
  if (error.name === 'DeprecationWarning' && process.noDeprecation) return;
  process.nextTick(() => {
    process.emit('warning', error);
    const id = error.code ? '[' + error.code + '] ' : '';
    let text = '(node:' + process.pid + ') ' + id + error.name + ': ' + error.message;
    if (!warned.has('hint')) {
      warned.add('hint');
      text += '\n(Use ' + String.fromCharCode(96) + 'node --trace-' + (error.name === 'DeprecationWarning' ? 'deprecation' : 'warnings') + ' ...' + String.fromCharCode(96) + ' to show where the warning was created)';
    }
    host.writeError(text + '\n');
  });
};
process.binding = () => {
  throw new Error('No such module: process.binding');
};
module.exports = process;
`;
