/** The module `net`, in JavaScript. */
export const SOURCE = String.raw`'use strict';
const EventEmitter = require('events');
const { Duplex } = require('stream');

class Socket extends Duplex {
  constructor(options = {}) {
    super({ allowHalfOpen: Boolean(options.allowHalfOpen), decodeStrings: true });
    this.fd = undefined;
    this.connecting = false;
    this.isRef = true;
    this.bytesRead = 0;
    this.bytesWritten = 0;
    Object.defineProperty(this, '_waiting', { value: [], writable: true, enumerable: false });
    if (options.handle !== undefined) this._open(options.handle);
  }
  _open(fd) {
    this.fd = fd;
    this.connecting = false;
    const local = host.local(fd);
    const peer = host.peer(fd);
    if (local && local.address) {
      this.localAddress = local.address;
      this.localPort = local.port;
    }
    if (peer && peer.address) {
      this.remoteAddress = peer.address;
      this.remotePort = peer.port;
      this.remoteFamily = peer.family;
    }
    const waiting = this._waiting;
    this._waiting = [];
    for (const run of waiting) run();
  }
  _ready(run) {
    if (this.fd === undefined) this._waiting.push(run);
    else run();
  }
  connect(...args) {
    let [options, callback] = args;
    if (typeof options !== 'object') {
      options = typeof args[0] === 'string' && isNaN(args[0]) ? { path: args[0] } : { port: Number(args[0]), host: typeof args[1] === 'string' ? args[1] : undefined };
      callback = args.find((one) => typeof one === 'function');
    }
    if (callback) this.once('connect', callback);
    this.connecting = true;
    const name = options.host || options.hostname || 'localhost';
    const opened = (error, fd) => {
      if (this.destroyed) return fd !== undefined ? host.close(fd) : undefined;
      if (error) {
        this.connecting = false;
        return this.destroy(error);
      }
      const begin = () => {
        this._open(fd);
        this.emit('connect');
        this.emit('ready');
        if (options.servername) this.emit('secureConnect');
        this.read(0);
      };
      if (!options.servername) return begin();
      return host.secure(fd, options.servername, options.rejectUnauthorized === false, (bad) => (bad ? this.destroy(bad) : begin()));
    };
    if (options.path) host.connect([], 0, options.path, opened);
    else
      host.lookup(name, (error, addresses) => {
        this.emit('lookup', error, addresses && addresses[0]);
        if (error) {
          this.connecting = false;
          return this.destroy(error);
        }
        return host.connect(addresses, options.port, undefined, opened);
      });
    return this;
  }
  _read() {
    this._ready(() => {
      if (this.destroyed) return;
      host.read(this.fd, this.isRef, (error, bytes) => {
        if (this.destroyed) return;
        if (error) {
          this.destroy(error);
          return;
        }
        if (bytes === null) this.push(null);
        else {
          this.bytesRead += bytes.length;
          this._active();
          this.push(bytes);
        }
      });
    });
  }
  _write(chunk, encoding, callback) {
    this._ready(() => {
      if (this.destroyed) return callback();
      this.bytesWritten += chunk.length;
      this._active();
      return host.write(this.fd, chunk, callback);
    });
  }
  _final(callback) {
    this._ready(() => {
      if (!this.destroyed) host.shutdown(this.fd);
      callback();
    });
  }
  _destroy(error, callback) {
    clearTimeout(this._timer);
    if (this.fd !== undefined) host.close(this.fd);
    this.fd = undefined;
    if (this._readableState) this._readableState.ended = true;
    if (this._server) this._server._left(this);
    callback(error);
  }
  destroySoon() {
    this.end();
  }
  _active() {
    if (this.timeout) this.setTimeout(this.timeout);
  }
  setTimeout(ms, callback) {
    clearTimeout(this._timer);
    this.timeout = ms;
    if (callback) this.once('timeout', callback);
    if (ms > 0) {
      this._timer = setTimeout(() => this.emit('timeout'), ms);
      this._timer.unref();
    }
    return this;
  }
  setNoDelay() { return this; }
  setKeepAlive() { return this; }
  ref() {
    this.isRef = true;
    return this;
  }
  unref() {
    this.isRef = false;
    return this;
  }
  address() {
    return { address: this.localAddress, family: this.remoteFamily, port: this.localPort };
  }
  get readyState() {
    return this.connecting ? 'opening' : this.destroyed ? 'closed' : 'open';
  }
  get pending() {
    return this.fd === undefined;
  }
}

Object.defineProperty(Socket.prototype, '_saysWhy', { value: true });

class Server extends EventEmitter {
  constructor(options, listener) {
    super();
    if (typeof options === 'function') [listener, options] = [options, {}];
    this.options = options || {};
    this.listening = false;
    Object.defineProperty(this, '_handle', { value: null, writable: true, enumerable: false });
    Object.defineProperty(this, '_sockets', { value: new Set(), enumerable: false });
    if (listener) this.on('connection', listener);
  }
  listen(...args) {
    const callback = args.findLast((one) => typeof one === 'function');
    let options = args[0];
    if (options === null || typeof options !== 'object')
      options = typeof options === 'string' && !/^\d+$/.test(options) ? { path: options } : { port: typeof options === 'function' ? 0 : options, host: typeof args[1] === 'string' ? args[1] : undefined };
    const port = options.port === undefined || options.port === null || options.port === '' ? 0 : Number(options.port);
    if (!options.path && !(Number.isInteger(port) && port >= 0 && port < 65536))
      throw host.coded('RangeError', 'ERR_SOCKET_BAD_PORT', 'options.port should be >= 0 and < 65536. ' + host.received(options.port) + '.');
    if (this._handle) throw host.coded('Error', 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
    if (callback) this.once('listening', callback);
    try {
      this._handle = host.listen(options.host, port, options.path, (fd) => {
        if (!this._handle) return host.close(fd);
        const socket = new Socket({ handle: fd, allowHalfOpen: this.options.allowHalfOpen });
        socket._server = this;
        Object.defineProperty(socket, '_server', { enumerable: false });
        this._sockets.add(socket);
        this.emit('connection', socket);
        socket.read(0);
        return undefined;
      });
    } catch (error) {
      process.nextTick(emitErrorNT, this, error);
      return this;
    }
    this.listening = true;
    this._address = this._handle.address;
    Object.defineProperty(this, '_address', { enumerable: false });
    process.nextTick(() => {
      if (this._handle) this.emit('listening');
    });
    return this;
  }
  address() {
    return this._handle ? this._address : null;
  }
  close(callback) {
    if (callback) {
      if (this._handle) this.once('close', callback);
      else process.nextTick(() => callback(host.coded('Error', 'ERR_SERVER_NOT_RUNNING', 'Server is not running.')));
    }
    if (this._handle) this._handle.close();
    this._handle = null;
    this.listening = false;
    this._closing = true;
    Object.defineProperty(this, '_closing', { enumerable: false });
    this._emptied();
    return this;
  }
  _left(socket) {
    this._sockets.delete(socket);
    if (this._closing) this._emptied();
  }
  _emptied() {
    if (this._sockets.size > 0 || this._closed) return;
    this._closed = true;
    Object.defineProperty(this, '_closed', { enumerable: false });
    process.nextTick(() => {
      this._closing = false;
      this._closed = false;
      this.emit('close');
    });
  }
  getConnections(callback) {
    process.nextTick(() => callback(null, this._sockets.size));
  }
  ref() {
    if (this._handle) this._handle.ref(true);
    return this;
  }
  unref() {
    if (this._handle) this._handle.ref(false);
    return this;
  }
  async [Symbol.asyncDispose]() {
    await new Promise((resolve) => this.close(resolve));
  }
}
function emitErrorNT(self, error) {
  self.emit('error', error);
}
const isIPv4 = (text) => /^(\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split('.').every((one) => Number(one) < 256);
const isIPv6 = (text) => typeof text === 'string' && text.includes(':') && /^[\da-fA-F:.]+$/.test(text);
const connect = (...args) => new Socket().connect(...args);
module.exports = {
  Socket,
  Stream: Socket,
  Server,
  createServer: (options, listener) => new Server(options, listener),
  connect,
  createConnection: connect,
  isIPv4,
  isIPv6,
  isIP: (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0),
};
`;
