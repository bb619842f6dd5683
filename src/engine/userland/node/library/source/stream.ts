/** The module `stream`, in JavaScript. */
import { READABLE } from './readable.ts';

export const SOURCE = `${READABLE}${String.raw`function Writable(options = {}) {
  if (!(this instanceof Writable)) return new Writable(options);
  Stream.call(this, options);
  initWritable(this, options);
}
function initWritable(stream, options) {
  stream._writableState = { queue: [], length: 0, writing: false, ending: false, finished: false, needDrain: false, corked: 0, objectMode: Boolean(options.objectMode || options.writableObjectMode), highWaterMark: options.highWaterMark ?? options.writableHighWaterMark ?? (options.objectMode || options.writableObjectMode ? 16 : 16384), decodeStrings: options.decodeStrings !== false };
  stream.writable = true;
  stream.destroyed = false;
  stream.closed = false;
  for (const name of ['write', 'writev', 'final', 'destroy']) if (typeof options[name] === 'function') stream['_' + name] = options[name];
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);
const writing = {
  ...shared,
  _write() {
    throw host.coded('Error', 'ERR_METHOD_NOT_IMPLEMENTED', 'The _write() method is not implemented');
  },
  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') [callback, encoding] = [encoding, undefined];
    const state = this._writableState;
    if (chunk === null) throw host.coded('TypeError', 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    if (!state.objectMode && typeof chunk !== 'string' && !(chunk instanceof Uint8Array))
      throw host.invalidArgument('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
    if (state.ending || this.destroyed) {
      const error = state.ending ? host.coded('Error', 'ERR_STREAM_WRITE_AFTER_END', 'write after end') : host.coded('Error', 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
      if (callback) process.nextTick(callback, error);
      if (state.ending) fail(this, error);
      return false;
    }
    if (!state.objectMode && typeof chunk === 'string' && state.decodeStrings) {
      chunk = Buffer.from(chunk, encoding);
      encoding = 'buffer';
    }
    state.length += state.objectMode ? 1 : chunk.length;
    state.queue.push({ chunk, encoding: encoding || (typeof chunk === 'string' ? 'utf8' : 'buffer'), callback });
    const isFull = state.length >= state.highWaterMark;
    if (isFull) state.needDrain = true;
    if (state.corked === 0) pump(this);
    return !isFull;
  },
  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') [callback, chunk] = [chunk, undefined];
    if (typeof encoding === 'function') [callback, encoding] = [encoding, undefined];
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    const state = this._writableState;
    if (callback) {
      if (state.finished) process.nextTick(callback);
      else this.once('finish', callback);
    }
    state.corked = 0;
    if (!state.ending) {
      state.ending = true;
      this.writable = false;
      pump(this);
    }
    return this;
  },
  cork() {
    this._writableState.corked += 1;
  },
  uncork() {
    this._writableState.corked = Math.max(0, this._writableState.corked - 1);
    pump(this);
  },
  setDefaultEncoding() {
    return this;
  },
};
function pump(stream) {
  const state = stream._writableState;
  if (state.writing || stream.destroyed) return;
  const next = state.queue.shift();
  if (next === undefined) {
    if (state.ending) finish(stream);
    return;
  }
  state.writing = true;
  let isSync = true;
  const done = (error) => {
    state.writing = false;
    state.length -= state.objectMode ? 1 : next.chunk.length;
    if (error) {
      if (next.callback) next.callback(error);
      stream.destroy(error);
      return;
    }
    const after = () => {
      if (state.needDrain && state.length === 0 && !state.ending) {
        state.needDrain = false;
        stream.emit('drain');
      }
      if (next.callback) next.callback(null);
    };
    if (isSync) process.nextTick(after);
    else after();
    if (isSync && state.queue.length === 0) process.nextTick(pump, stream);
    else pump(stream);
  };
  try {
    stream._write(next.chunk, next.encoding, done);
  } catch (error) {
    state.writing = false;
    throw error;
  }
  isSync = false;
}
function finish(stream) {
  const state = stream._writableState;
  if (state.finished || state.finalizing) return;
  state.finalizing = true;
  const end = (error) => {
    if (error) return stream.destroy(error);
    if (state.finished) return undefined;
    state.finished = true;
    process.nextTick(() => {
      stream.emit('finish');
      if (stream._autoDestroy !== false && (stream._readableState === undefined || stream._readableState.endEmitted)) stream.destroy();
    });
    return undefined;
  };
  if (typeof stream._final === 'function') process.nextTick(() => stream._final(end));
  else end();
}
Object.assign(Writable.prototype, writing);
const writableGetters = [['writableLength', 'length'], ['writableHighWaterMark', 'highWaterMark'], ['writableFinished', 'finished'], ['writableEnded', 'ending'], ['writableNeedDrain', 'needDrain'], ['writableObjectMode', 'objectMode']];
for (const [name, read] of writableGetters) Object.defineProperty(Writable.prototype, name, { get() { return this._writableState[read]; }, configurable: true });
Object.defineProperty(Writable, Symbol.hasInstance, { value(object) {
  if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
  return this === Writable && Boolean(object) && object._writableState !== undefined;
} });

function Duplex(options = {}) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  Stream.call(this, options);
  initReadable(this, options);
  initWritable(this, options);
  this.allowHalfOpen = options.allowHalfOpen !== false;
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);
for (const name of Object.keys(writing)) if (Duplex.prototype[name] === undefined || name === '_write') Duplex.prototype[name] = writing[name];
for (const [name, read] of writableGetters) Object.defineProperty(Duplex.prototype, name, { get() { return this._writableState[read]; }, configurable: true });

function Transform(options = {}) {
  if (!(this instanceof Transform)) return new Transform(options);
  Duplex.call(this, options);
  if (typeof options.transform === 'function') this._transform = options.transform;
  if (typeof options.flush === 'function') this._flush = options.flush;
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);
Transform.prototype._transform = function () {
  throw host.coded('Error', 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented');
};
Transform.prototype._read = function () {
  const waiting = this._held;
  this._held = null;
  this._readableState.reading = false;
  if (waiting) waiting();
};
Transform.prototype._write = function (chunk, encoding, callback) {
  this._transform(chunk, encoding, (error, made) => {
    if (error) return callback(error);
    if (made !== undefined && made !== null) this.push(made);
    if (this._readableState.length < this._readableState.highWaterMark) callback();
    else this._held = callback;
    return undefined;
  });
};
Transform.prototype._final = function (callback) {
  const end = (error, made) => {
    if (error) return callback(error);
    if (made !== undefined && made !== null) this.push(made);
    this.push(null);
    return callback();
  };
  if (typeof this._flush === 'function') this._flush(end);
  else end();
};
function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
Object.setPrototypeOf(PassThrough, Transform);
PassThrough.prototype._transform = (chunk, encoding, callback) => callback(null, chunk);

function finished(stream, options, callback) {
  if (typeof options === 'function') callback = options;
  let isDone = false;
  const end = (error) => {
    if (isDone) return;
    isDone = true;
    callback(error);
  };
  let writes = stream._writableState && !stream._writableState.finished;
  let reads = stream._readableState && !stream._readableState.endEmitted;
  if (!writes && !reads) process.nextTick(end);
  stream.on('error', end);
  stream.on('end', () => {
    reads = false;
    if (!writes) end();
  });
  stream.on('finish', () => {
    writes = false;
    if (!reads) end();
  });
  stream.on('close', () => {
    if (reads || writes) end(host.coded('Error', 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close'));
    else end();
  });
}
function pipeline(...streams) {
  const callback = typeof streams[streams.length - 1] === 'function' && streams.length > 1 && streams[streams.length - 1].length !== 1 ? streams.pop() : typeof streams[streams.length - 1] === 'function' ? streams.pop() : () => {};
  if (Array.isArray(streams[0])) [streams] = streams;
  let isDone = false;
  const end = (error) => {
    if (isDone) return;
    isDone = true;
    if (error) for (const stream of streams) if (stream.destroy) stream.destroy();
    callback(error);
  };
  let current = streams[0];
  if (typeof current === 'function') current = Readable.from(current());
  else if (!current.pipe) current = Readable.from(current);
  streams[0] = current;
  for (let i = 1; i < streams.length; i += 1) {
    if (typeof streams[i] === 'function') streams[i] = Readable.from(streams[i](streams[i - 1]));
    else streams[i - 1].pipe(streams[i]);
  }
  streams.forEach((stream, i) => {
    stream.on('error', end);
    if (i === streams.length - 1) finished(stream, (error) => end(error));
  });
  return streams[streams.length - 1];
}
Stream.Stream = Stream;
Stream.Readable = Readable;
Stream.Writable = Writable;
Stream.Duplex = Duplex;
Stream.Transform = Transform;
Stream.PassThrough = PassThrough;
Stream.finished = finished;
Stream.pipeline = pipeline;
Stream.promises = {
  pipeline: (...streams) => new Promise((resolve, reject) => {
    if (streams.length > 1 && streams[streams.length - 1] && !streams[streams.length - 1].pipe && !streams[streams.length - 1].write && typeof streams[streams.length - 1] !== 'function') streams.pop();
    pipeline(...streams, (error, value) => (error ? reject(error) : resolve(value)));
  }),
  finished: (stream) => new Promise((resolve, reject) => finished(stream, (error) => (error ? reject(error) : resolve()))),
};
module.exports = Stream;
`}`;
