/** The module `http`, in JavaScript: requests and answers on the sockets of `net`. */
import { CLIENT } from './http-client.ts';
import { MESSAGES } from './http-messages.ts';

export const SOURCE = `${MESSAGES}${String.raw`class OutgoingMessage extends Writable {
  constructor() {
    super({ decodeStrings: false });
    this._headers = new Map();
    this.headersSent = false;
    this.chunked = false;
    this.sendDate = true;
    this.finished = false;
    for (const name of ['_headers', 'chunked']) Object.defineProperty(this, name, { enumerable: false, writable: true });
  }
  setHeader(name, value) {
    if (this.headersSent) throw host.coded('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot set headers after they are sent to the client');
    checkHeader(name, value);
    this._headers.set(name.toLowerCase(), [name, value]);
    return this;
  }
  setHeaders(headers) {
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }
  appendHeader(name, value) {
    const known = this.getHeader(name);
    return this.setHeader(name, known === undefined ? value : [].concat(known, value));
  }
  getHeader(name) {
    const found = this._headers.get(name.toLowerCase());
    return found && found[1];
  }
  getHeaders() {
    const all = Object.create(null);
    for (const [key, [, value]] of this._headers) all[key] = value;
    return all;
  }
  getHeaderNames() {
    return [...this._headers.keys()];
  }
  hasHeader(name) {
    return this._headers.has(name.toLowerCase());
  }
  removeHeader(name) {
    if (this.headersSent) throw host.coded('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot remove headers after they are sent to the client');
    this._headers.delete(name.toLowerCase());
  }
  flushHeaders() {
    if (!this.headersSent) this._sendHead(undefined);
  }
  _lines() {
    let text = '';
    for (const [name, value] of this._headers.values()) for (const one of Array.isArray(value) ? value : [value]) text += name + ': ' + one + '\r\n';
    return text;
  }
  // What is written before 'end' goes out in chunks; a body that is given to 'end' has a length.
  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') [callback, chunk] = [chunk, undefined];
    if (typeof encoding === 'function') [callback, encoding] = [encoding, undefined];
    if (this.finished) {
      if (callback) process.nextTick(callback);
      return this;
    }
    if (!this.headersSent) this._sendHead(this._isWritten ? undefined : chunk === undefined || chunk === null ? 0 : Buffer.byteLength(chunk, encoding));
    super.end(chunk, encoding, callback);
    this.finished = true;
    return this;
  }
  write(chunk, encoding, callback) {
    if (this.finished) {
      const error = host.coded('Error', 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
      process.nextTick(() => this.emit('error', error));
      return false;
    }
    if (!this.headersSent) this._sendHead(undefined);
    return super.write(chunk, encoding, callback);
  }
  _write(chunk, encoding, callback) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    if (!this._hasBody || bytes.length === 0) return this._put(null, callback);
    if (!this.chunked) return this._put(bytes, callback);
    return this._put(Buffer.concat([Buffer.from(bytes.length.toString(16) + '\r\n'), bytes, Buffer.from('\r\n')]), callback);
  }
  _put(bytes, callback) {
    const head = this._head;
    this._head = null;
    const all = head === null ? bytes : bytes === null ? Buffer.from(head, 'latin1') : Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
    if (all === null) return callback();
    if (!this.socket || this.socket.destroyed) return callback();
    return this.socket.write(all, callback);
  }
  _final(callback) {
    this._put(this.chunked && this._hasBody ? Buffer.from('0\r\n\r\n') : null, () => {
      callback();
      this._done();
    });
  }
  setTimeout(ms, callback) {
    if (this.socket) this.socket.setTimeout(ms, callback);
    return this;
  }
}

class ServerResponse extends OutgoingMessage {
  constructor(request) {
    super();
    this.req = request;
    this.statusCode = 200;
    this.statusMessage = undefined;
    this._head = null;
    this._hasBody = request.method !== 'HEAD';
    this.shouldKeepAlive = true;
    for (const name of ['_head', '_hasBody']) Object.defineProperty(this, name, { enumerable: false, writable: true });
  }
  writeHead(status, message, headers) {
    if (this.headersSent) throw host.coded('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client');
    if (typeof message !== 'string') [headers, message] = [message, undefined];
    if (!(status >= 100 && status < 1000)) throw host.coded('RangeError', 'ERR_HTTP_INVALID_STATUS_CODE', 'Invalid status code: ' + status);
    this.statusCode = status | 0;
    Object.defineProperty(this, '_isWritten', { value: true, configurable: true });
    if (message) this.statusMessage = message;
    if (Array.isArray(headers)) for (let i = 0; i < headers.length; i += Array.isArray(headers[i]) ? 1 : 2) Array.isArray(headers[i]) ? this.setHeader(...headers[i]) : this.setHeader(headers[i], headers[i + 1]);
    else if (headers) for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
    return this;
  }
  _sendHead(length) {
    if (!(this.statusCode >= 100 && this.statusCode < 1000)) throw host.coded('RangeError', 'ERR_HTTP_INVALID_STATUS_CODE', 'Invalid status code: ' + this.statusCode);
    this.headersSent = true;
    if (this.statusMessage === undefined) this.statusMessage = STATUS_CODES[this.statusCode] || 'unknown';
    if (this.statusCode === 204 || this.statusCode === 304 || this.statusCode < 200) this._hasBody = false;
    let text = 'HTTP/1.1 ' + this.statusCode + ' ' + this.statusMessage + '\r\n' + this._lines();
    if (this.sendDate && !this.hasHeader('date')) text += 'Date: ' + new Date().toUTCString() + '\r\n';
    const asked = String(this.req.headers.connection || '').toLowerCase();
    const said = String(this.getHeader('connection') || '').toLowerCase();
    this.shouldKeepAlive = said ? said !== 'close' : this.req.httpVersionMinor === 1 ? asked !== 'close' : asked === 'keep-alive';
    if (this.req._server && !this.req._server.listening) this.shouldKeepAlive = false;
    if (!said) text += this.shouldKeepAlive ? 'Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n' : 'Connection: close\r\n';
    if (this.hasHeader('content-length') || this.hasHeader('transfer-encoding')) this.chunked = /chunked/i.test(String(this.getHeader('transfer-encoding') || ''));
    else if (this._hasBody || this.req.method === 'HEAD') {
      if (length !== undefined) text += 'Content-Length: ' + length + '\r\n';
      else if (this.req.httpVersionMinor === 1 && this._hasBody) {
        this.chunked = true;
        text += 'Transfer-Encoding: chunked\r\n';
      } else this.shouldKeepAlive = false;
    }
    this._head = text + '\r\n';
  }
  flushHeaders() {
    super.flushHeaders();
    if (this._head !== null) this._put(null, () => {});
  }
  writeContinue() {
    this.socket.write('HTTP/1.1 100 Continue\r\n\r\n');
  }
  _done() {
    if (this._onDone) this._onDone();
  }
  get connection() {
    return this.socket;
  }
}

class Server extends net.Server {
  constructor(options, listener) {
    super(options);
    if (typeof options === 'function') [listener, options] = [options, {}];
    if (listener) {
      this.removeListener('connection', listener);
      this.on('request', listener);
    }
    this.keepAliveTimeout = 5000;
    this.headersTimeout = 60000;
    this.requestTimeout = 300000;
    this.timeout = 0;
    this.on('connection', (socket) => this._serve(socket));
  }
  _serve(socket) {
    const waiting = [];
    let isBusy = false;
    const next = () => {
      if (isBusy || waiting.length === 0) return;
      const request = waiting.shift();
      isBusy = true;
      clearTimeout(socket._idle);
      const response = new ServerResponse(request);
      response.socket = socket;
      socket._busy = true;
      response._onDone = () => {
        isBusy = false;
        socket._busy = false;
        if (!response.shouldKeepAlive || !this.listening) return socket.end();
        if (!request._readableState.endEmitted) request.resume();
        if (this.keepAliveTimeout > 0) {
          socket._idle = setTimeout(() => socket.destroy(), this.keepAliveTimeout + 1000);
          socket._idle.unref();
        }
        return next();
      };
      if (/100-continue/i.test(request.headers.expect || '')) response.writeContinue();
      this.emit('request', request, response);
    };
    const parser = new Parser(socket, (message, line) => {
      const found = /^([A-Z-]+) (\S+) HTTP\/(\d)\.(\d)$/.exec(line);
      if (!found || !METHODS.includes(found[1])) {
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
        parser.isClosed = true;
        return 'stop';
      }
      [, message.method, message.url] = found;
      message.httpVersionMajor = Number(found[3]);
      message.httpVersionMinor = Number(found[4]);
      message.httpVersion = found[3] + '.' + found[4];
      message._server = this;
      Object.defineProperty(message, '_server', { enumerable: false });
      if (message.headers.upgrade && /upgrade/i.test(message.headers.connection || '') && this.listenerCount('upgrade') > 0) {
        parser.isClosed = true;
        socket.removeAllListeners('data');
        this.emit('upgrade', message, socket, parser.pieces);
        return 'stop';
      }
      waiting.push(message);
      process.nextTick(next);
      return 'length';
    });
    socket._busy = false;
    for (const name of ['_busy', '_idle']) Object.defineProperty(socket, name, { enumerable: false, writable: true });
    socket.on('data', (bytes) => parser.take(bytes));
    socket.on('end', () => {
      parser.end();
      if (!socket._busy) socket.end();
    });
    socket.on('close', () => {
      parser.end();
      clearTimeout(socket._idle);
    });
    socket.on('error', (error) => {
      if (this.listenerCount('clientError') > 0) this.emit('clientError', error, socket);
      else socket.destroy();
    });
  }
  close(callback) {
    super.close(callback);
    this.closeIdleConnections();
    return this;
  }
  closeIdleConnections() {
    for (const socket of this._sockets) if (!socket._busy) socket.destroy();
  }
  closeAllConnections() {
    for (const socket of this._sockets) socket.destroy();
  }
  setTimeout(ms) {
    this.timeout = ms;
    return this;
  }
}

`}${CLIENT}${String.raw`module.exports = {
  METHODS,
  STATUS_CODES,
  Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer: (options, listener) => new Server(options, listener),
  ...clientOf({ protocol: 'http:', defaultPort: 80 }),
  globalAgent,
  maxHeaderSize: 16384,
  validateHeaderName: (name) => checkHeader(name, ''),
  validateHeaderValue: checkHeader,
};
Object.defineProperty(module.exports, '_clientOf', { value: clientOf, enumerable: false });
`}`;
