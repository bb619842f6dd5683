/** The module `events`, in JavaScript. */
export const SOURCE = `'use strict';
const { inspect } = require('internal/util');
const kCapture = Symbol('kCapture');

function invalidListener(listener) {
  return host.invalidArgument('listener', 'of type function', listener);
}

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}
EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
EventEmitter.defaultMaxListeners = 10;
EventEmitter.init = function (options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  this[kCapture] = Boolean(options && options.captureRejections);
  Object.defineProperty(this, kCapture, { enumerable: true, writable: true, value: this[kCapture] });
};

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  this._maxListeners = n;
  return this;
};
EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return this._maxListeners === undefined ? EventEmitter.defaultMaxListeners : this._maxListeners;
};

EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  const handler = events === undefined ? undefined : events[type];
  if (handler === undefined) {
    if (type !== 'error') return false;
    const [er] = args;
    if (er instanceof Error) {
      const name = this.constructor && this.constructor.name;
      const here = {};
      Error.captureStackTrace(here, EventEmitter.prototype.emit);
      const frames = here.stack.split('\\n').slice(1).join('\\n');
      host.addToTrace(er, "\\nEmitted 'error' event" + (name && name !== 'EventEmitter' ? ' on ' + name + ' instance' : '') + ' at:\\n' + frames);
    }
    if (er instanceof Error)
    throw er; // Unhandled 'error' event
    let shown;
    try {
      shown = inspect(er);
    } catch {
      shown = er;
    }
    const err = host.coded('Error', 'ERR_UNHANDLED_ERROR', 'Unhandled error. (' + shown + ')');
    err.context = er;
    throw err;
  }
  if (typeof handler === 'function') handler.apply(this, args);
  else for (const listener of handler.slice()) listener.apply(this, args);
  return true;
};

function add(target, type, listener, prepend) {
  if (typeof listener !== 'function') throw invalidListener(listener);
  let events = target._events;
  if (events === undefined) {
    events = target._events = { __proto__: null };
    target._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    target.emit('newListener', type, listener.listener ? listener.listener : listener);
    events = target._events;
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    target._eventsCount += 1;
    return target;
  }
  if (typeof existing === 'function') events[type] = prepend ? [listener, existing] : [existing, listener];
  else if (prepend) existing.unshift(listener);
  else existing.push(listener);
  const list = events[type];
  const most = target.getMaxListeners();
  if (most > 0 && list.length > most && !list.warned) {
    list.warned = true;
    Object.defineProperty(list, 'warned', { enumerable: false });
    process.emitWarning(
      'Possible EventEmitter memory leak detected. ' + list.length + ' ' + String(type) + ' listeners added to ' +
        inspect(target, { depth: -1 }) + '. MaxListeners is ' + most + '. Use emitter.setMaxListeners() to increase limit',
      'MaxListenersExceededWarning',
    );
  }
  return target;
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};
EventEmitter.prototype.on = EventEmitter.prototype.addListener;
EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

function onceWrap(target, type, listener) {
  const state = { fired: false };
  function wrapped(...args) {
    if (state.fired) return undefined;
    state.fired = true;
    target.removeListener(type, wrapped);
    return listener.apply(target, args);
  }
  Object.defineProperty(wrapped, 'name', { value: 'bound onceWrapper' });
  wrapped.listener = listener;
  return wrapped;
}
EventEmitter.prototype.once = function once(type, listener) {
  if (typeof listener !== 'function') throw invalidListener(listener);
  return this.on(type, onceWrap(this, type, listener));
};
EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  return this.prependListener(type, onceWrap(this, type, listener));
};

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  const events = this._events;
  if (events === undefined) return this;
  const list = events[type];
  if (list === undefined) return this;
  if (typeof list === 'function') {
    if (list !== listener && list.listener !== listener) return this;
    delete events[type];
    this._eventsCount -= 1;
  } else {
    let at = -1;
    for (let i = list.length - 1; i >= 0; i -= 1)
      if (list[i] === listener || list[i].listener === listener) {
        at = i;
        break;
      }
    if (at < 0) return this;
    list.splice(at, 1);
    if (list.length === 1) events[type] = list[0];
  }
  if (events.removeListener !== undefined) this.emit('removeListener', type, listener.listener || listener);
  return this;
};
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  if (this._events === undefined) return this;
  if (arguments.length === 0) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  } else if (this._events[type] !== undefined) {
    delete this._events[type];
    this._eventsCount -= 1;
  }
  return this;
};

function listenersOf(target, type, unwrap) {
  const events = target._events;
  const list = events === undefined ? undefined : events[type];
  if (list === undefined) return [];
  const all = typeof list === 'function' ? [list] : list.slice();
  return unwrap ? all.map((one) => one.listener || one) : all;
}
EventEmitter.prototype.listeners = function listeners(type) {
  return listenersOf(this, type, true);
};
EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false);
};
EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const all = listenersOf(this, type, true);
  return listener === undefined ? all.length : all.filter((one) => one === listener).length;
};
EventEmitter.prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

EventEmitter.once = function once(emitter, name, options) {
  return new Promise((resolve, reject) => {
    if (typeof emitter.addEventListener === 'function') {
      emitter.addEventListener(name, (event) => resolve([event]), { once: true });
      return;
    }
    const onError = (error) => {
      emitter.removeListener(name, onEvent);
      reject(error);
    };
    const onEvent = (...args) => {
      emitter.removeListener('error', onError);
      resolve(args);
    };
    emitter.once(name, onEvent);
    if (name !== 'error') emitter.once('error', onError);
    if (options && options.signal)
      options.signal.addEventListener('abort', () => {
        emitter.removeListener(name, onEvent);
        emitter.removeListener('error', onError);
        reject(options.signal.reason);
      });
  });
};

EventEmitter.on = function on(emitter, name) {
  const waiting = [];
  const came = [];
  let failed = null;
  let isOver = false;
  emitter.on(name, (...args) => {
    if (waiting.length > 0) waiting.shift().resolve({ value: args, done: false });
    else came.push(args);
  });
  emitter.on('error', (error) => {
    if (waiting.length > 0) waiting.shift().reject(error);
    else failed = error;
  });
  return {
    next() {
      if (came.length > 0) return Promise.resolve({ value: came.shift(), done: false });
      if (failed) {
        const error = failed;
        failed = null;
        return Promise.reject(error);
      }
      if (isOver) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      isOver = true;
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
EventEmitter.listenerCount = (emitter, type) => emitter.listenerCount(type);
EventEmitter.setMaxListeners = (n, ...targets) => {
  for (const target of targets) if (target.setMaxListeners) target.setMaxListeners(n);
};
EventEmitter.getEventListeners = (emitter, type) => emitter.listeners(type);
EventEmitter.captureRejectionSymbol = Symbol.for('nodejs.rejection');
EventEmitter.errorMonitor = Symbol('events.errorMonitor');
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
module.exports = EventEmitter;
`;
