/** The first part of `stream`: what can be read. */
export const READABLE = String.raw`'use strict';
const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { StringDecoder } = require('string_decoder');

function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

function fail(stream, error) {
  process.nextTick(() => {
    stream.emit('error', error);
    closed(stream);
  });
}
function closed(stream) {
  if (stream.closed) return;
  stream.closed = true;
  if (stream._saysWhy) stream.emit('close', Boolean(stream.errored));
  else stream.emit('close');
}
const shared = {
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    if (error) this.errored = error;
    this._destroy(error || null, (late) => {
      const reason = late || error;
      if (reason) fail(this, reason);
      else process.nextTick(() => closed(this));
    });
    return this;
  },
  _destroy(error, callback) {
    callback(error);
  },
};

function Readable(options = {}) {
  if (!(this instanceof Readable)) return new Readable(options);
  Stream.call(this, options);
  initReadable(this, options);
}
function initReadable(stream, options) {
  stream._readableState = { buffer: [], length: 0, flowing: null, ended: false, endEmitted: false, reading: false, scheduled: false, objectMode: Boolean(options.objectMode || options.readableObjectMode), highWaterMark: options.highWaterMark ?? options.readableHighWaterMark ?? (options.objectMode || options.readableObjectMode ? 16 : 65536), decoder: null, encoding: null, pipes: [], wantsReadable: false };
  stream.readable = true;
  stream.destroyed = false;
  stream.closed = false;
  if (options.encoding) stream.setEncoding(options.encoding);
  if (typeof options.read === 'function') stream._read = options.read;
  if (typeof options.destroy === 'function') stream._destroy = options.destroy;
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);
Object.assign(Readable.prototype, shared);
Readable.prototype._read = function () {
  throw host.coded('Error', 'ERR_METHOD_NOT_IMPLEMENTED', 'The _read() method is not implemented');
};
Readable.prototype.setEncoding = function (encoding) {
  this._readableState.decoder = new StringDecoder(encoding);
  this._readableState.encoding = encoding;
  const { buffer, decoder } = this._readableState;
  const text = buffer.map((chunk) => (typeof chunk === 'string' ? chunk : decoder.write(chunk))).join('');
  this._readableState.buffer = text === '' ? [] : [text];
  this._readableState.length = text.length;
  return this;
};
Readable.prototype.push = function (chunk, encoding) {
  const state = this._readableState;
  state.reading = false;
  if (chunk === null) {
    if (state.ended) return false;
    state.ended = true;
    const rest = state.decoder ? state.decoder.end() : '';
    if (rest) add(state, rest);
    schedule(this);
    return false;
  }
  if (state.ended) {
    this.destroy(host.coded('Error', 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'));
    return false;
  }
  if (!state.objectMode) {
    if (typeof chunk === 'string' && !(state.decoder && (encoding === undefined || encoding === state.encoding))) chunk = Buffer.from(chunk, encoding);
    if (state.decoder && typeof chunk !== 'string') chunk = state.decoder.write(chunk);
    if (chunk.length === 0) {
      schedule(this);
      return true;
    }
  }
  add(state, chunk);
  schedule(this);
  return state.length < state.highWaterMark;
};
Readable.prototype.unshift = function (chunk) {
  this._readableState.buffer.unshift(chunk);
  this._readableState.length += this._readableState.objectMode ? 1 : chunk.length;
};
function add(state, chunk) {
  state.buffer.push(chunk);
  state.length += state.objectMode ? 1 : chunk.length;
}
function schedule(stream) {
  const state = stream._readableState;
  if (state.scheduled) return;
  state.scheduled = true;
  process.nextTick(() => {
    state.scheduled = false;
    flow(stream);
  });
}
function fetchMore(stream) {
  const state = stream._readableState;
  if (state.reading || state.ended || stream.destroyed || state.length >= state.highWaterMark) return;
  state.reading = true;
  try {
    stream._read(state.highWaterMark);
  } catch (error) {
    stream.destroy(error);
  }
}
function flow(stream) {
  const state = stream._readableState;
  while (state.flowing && state.buffer.length > 0 && !stream.destroyed) {
    const chunk = state.buffer.shift();
    state.length -= state.objectMode ? 1 : chunk.length;
    stream.emit('data', chunk);
  }
  if (stream.destroyed) return;
  if (state.wantsReadable && (state.buffer.length > 0 || state.ended) && !state.flowing) stream.emit('readable');
  if (state.flowing || state.wantsReadable) fetchMore(stream);
  finishReading(stream);
}
function finishReading(stream) {
  const state = stream._readableState;
  if (!state.ended || state.buffer.length > 0 || state.endEmitted || (!state.flowing && !state.wantsReadable)) return;
  state.endEmitted = true;
  process.nextTick(() => {
    stream.readable = false;
    stream.emit('end');
    if (stream._writableState === undefined || stream._writableState.finished) {
      if (stream._autoDestroy !== false) stream.destroy();
    } else if (stream.allowHalfOpen === false) stream.end();
  });
}
Readable.prototype.read = function (size) {
  const state = this._readableState;
  if (size === 0) {
    fetchMore(this);
    return null;
  }
  if (state.buffer.length === 0) {
    fetchMore(this);
    if (state.buffer.length === 0) {
      if (state.ended) finishReading(this);
      return null;
    }
  }
  let chunk;
  if (state.objectMode) {
    chunk = state.buffer.shift();
    state.length -= 1;
  } else {
    const all = typeof state.buffer[0] === 'string' ? state.buffer.join('') : Buffer.concat(state.buffer);
    if (size !== undefined && size < all.length) {
      chunk = all.slice(0, size);
      state.buffer = [all.slice(size)];
      state.length = all.length - size;
    } else if (size !== undefined && size > all.length && !state.ended) {
      fetchMore(this);
      return null;
    } else {
      chunk = all;
      state.buffer = [];
      state.length = 0;
    }
  }
  schedule(this);
  return chunk;
};
Readable.prototype.on = function (type, listener) {
  EventEmitter.prototype.on.call(this, type, listener);
  const state = this._readableState;
  if (type === 'data' && state.flowing !== false) this.resume();
  if (type === 'readable') {
    state.wantsReadable = true;
    schedule(this);
  }
  return this;
};
Readable.prototype.addListener = Readable.prototype.on;
Readable.prototype.resume = function () {
  this._readableState.flowing = true;
  schedule(this);
  return this;
};
Readable.prototype.pause = function () {
  if (this._readableState.flowing !== false) {
    this._readableState.flowing = false;
    this.emit('pause');
  }
  return this;
};
Readable.prototype.isPaused = function () {
  return this._readableState.flowing === false;
};
Readable.prototype.pipe = function (target, options) {
  const source = this;
  source._readableState.pipes.push(target);
  const onData = (chunk) => {
    if (target.write(chunk) === false) {
      source.pause();
      target.once('drain', () => source.resume());
    }
  };
  target._pipeOnData = onData;
  source.on('data', onData);
  if (!options || options.end !== false) if (target !== process.stdout && target !== process.stderr) source.on('end', () => target.end());
  target.emit('pipe', source);
  source.resume();
  return target;
};
Readable.prototype.unpipe = function (target) {
  if (target) this.removeListener('data', target._pipeOnData);
  else for (const one of this._readableState.pipes) this.removeListener('data', one._pipeOnData);
  this._readableState.pipes = [];
  this.pause();
  return this;
};
Readable.prototype[Symbol.asyncIterator] = async function* () {
  let wake = null;
  let failure = this.errored || null;
  let isOver = false;
  const rouse = () => {
    if (wake) wake();
    wake = null;
  };
  this.on('error', (error) => {
    failure = error;
    rouse();
  });
  for (const type of ['end', 'close'])
    this.on(type, () => {
      isOver = true;
      rouse();
    });
  this.on('readable', rouse);
  try {
    for (;;) {
      const chunk = this.destroyed ? null : this.read();
      if (chunk !== null) yield chunk;
      else if (failure) throw failure;
      else if (isOver || this._readableState.endEmitted) return;
      else
        await new Promise((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    this.destroy();
  }
};
Readable.from = function (values, options) {
  const iterator = values[Symbol.asyncIterator] ? values[Symbol.asyncIterator]() : (typeof values === 'string' ? [values] : values)[Symbol.iterator]();
  const stream = new Readable({
    objectMode: true,
    highWaterMark: 1,
    ...options,
    async read() {
      try {
        const { value, done } = await iterator.next();
        this.push(done ? null : await value);
      } catch (error) {
        this.destroy(error);
      }
    },
  });
  return stream;
};
for (const name of ['map', 'filter'])
  Readable.prototype[name] = function (fn) {
    const source = this;
    return Readable.from((async function* () {
      for await (const chunk of source) {
        const made = await fn(chunk);
        if (name === 'map') yield made;
        else if (made) yield chunk;
      }
    })());
  };
Readable.prototype.toArray = async function () {
  const all = [];
  for await (const chunk of this) all.push(chunk);
  return all;
};
for (const [name, read] of [['readableFlowing', 'flowing'], ['readableLength', 'length'], ['readableHighWaterMark', 'highWaterMark'], ['readableEnded', 'endEmitted'], ['readableEncoding', 'encoding']])
  Object.defineProperty(Readable.prototype, name, { get() { return this._readableState[read]; }, configurable: true });

`;
