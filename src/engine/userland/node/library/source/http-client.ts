/** The last part of `http`: who asks. */
export const CLIENT = String.raw`class Agent extends EventEmitter {
  constructor(options = {}) {
    super();
    this.options = options;
    this.keepAlive = options.keepAlive !== false;
    this.maxSockets = options.maxSockets || Infinity;
    this.free = new Map();
  }
  destroy() {
    for (const list of this.free.values()) for (const socket of list) socket.destroy();
    this.free.clear();
  }
}
const globalAgent = new Agent({ keepAlive: true });

class ClientRequest extends OutgoingMessage {
  constructor(options, callback) {
    super();
    this.method = (options.method || 'GET').toUpperCase();
    this.host = options.hostname || options.host || 'localhost';
    this.port = options.port || options.defaultPort || 80;
    this.path = options.path || '/';
    this.protocol = options.protocol || 'http:';
    this._head = null;
    this._hasBody = true;
    for (const name of ['_head', '_hasBody', '_options']) Object.defineProperty(this, name, { enumerable: false, writable: true });
    this._options = options;
    if (/[^\x21-\xff]/.test(this.path)) throw host.coded('TypeError', 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
    if (callback) this.once('response', callback);
    if (options.headers) for (const [name, value] of Array.isArray(options.headers) ? options.headers : Object.entries(options.headers)) this.setHeader(name, value);
    if (options.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', 'Basic ' + Buffer.from(options.auth).toString('base64'));
    if (!this.hasHeader('host')) this.setHeader('Host', this.host + (Number(this.port) === (options.defaultPort || 80) ? '' : ':' + this.port));
    if (options.signal) {
      const abort = () => this.destroy(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
      if (options.signal.aborted) process.nextTick(abort);
      else options.signal.addEventListener('abort', abort);
    }
    this._connect();
  }
  _connect() {
    const options = this._options;
    const agent = options.agent === undefined ? globalAgent : options.agent;
    const key = [this.protocol, this.host, this.port, options.socketPath].join('|');
    const list = agent ? agent.free.get(key) || [] : [];
    const known = list.find((one) => !one.destroyed);
    const keeps = Boolean(agent && agent.keepAlive);
    this._keeps = keeps;
    this._isFresh = !known;
    if (known) {
      list.splice(list.indexOf(known), 1);
      known.ref();
      process.nextTick(() => this._use(known, agent, key));
      return;
    }
    const socket = new net.Socket();
    this._use(socket, agent, key);
    socket.connect({ host: this.host, port: this.port, path: options.socketPath, servername: this.protocol === 'https:' ? options.servername || this.host : undefined, rejectUnauthorized: options.rejectUnauthorized });
  }
  _use(socket, agent, key) {
    this.socket = socket;
    let response = null;
    let isDone = false;
    const parser = new Parser(socket, (message, line) => {
      const found = /^HTTP\/(\d)\.(\d) (\d{3}) ?(.*)$/.exec(line);
      if (!found) {
        this.destroy(Object.assign(new Error('Parse Error: Expected HTTP/, RTSP/ or ICE/'), { code: 'HPE_INVALID_CONSTANT' }));
        return 'stop';
      }
      message.statusCode = Number(found[3]);
      message.statusMessage = found[4];
      if (message.statusCode === 101) {
        parser.isClosed = true;
        this.emit('upgrade', message, socket, parser.pieces);
        return 'stop';
      }
      if (message.statusCode < 200) {
        if (message.statusCode === 100) this.emit('continue');
        return 'none';
      }
      response = message;
      message.req = this;
      this.res = message;
      for (const name of ['req']) Object.defineProperty(message, name, { enumerable: false });
      process.nextTick(() => {
        if (!this.emit('response', message)) message.resume();
      });
      return this.method === 'HEAD' || message.statusCode === 204 || message.statusCode === 304 ? 'none' : 'end';
    });
    parser.after = (message) => {
      if (message !== response) return;
      isDone = true;
      socket.removeListener('data', onData);
      socket.removeListener('end', onEnd);
      socket.removeListener('error', onError);
      socket.removeListener('close', onClose);
      const keeps = this._keeps && !/close/i.test(message.headers.connection || '') && (message.headers['content-length'] !== undefined || message.headers['transfer-encoding'] !== undefined);
      if (!keeps) {
        socket.end();
        return;
      }
      socket.unref();
      const list = agent.free.get(key) || [];
      agent.free.set(key, list);
      list.push(socket);
      socket.on('error', () => {});
      socket.on('end', () => socket.destroy());
      socket._readableState.reading = false;
      socket.read(0);
    };
    const onData = (bytes) => parser.take(bytes);
    const onEnd = () => parser.end();
    const onError = (error) => this._failed(error);
    const onClose = () => {
      parser.end();
      if (!response && !isDone && !this._isFailed) this._failed(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    };
    socket.on('data', onData);
    socket.on('end', onEnd);
    socket.on('error', onError);
    socket.on('close', onClose);
    if (this._options.timeout) this.setTimeout(this._options.timeout);
    if (this._timeout) this.setTimeout(...this._timeout);
    this.emit('socket', socket);
    if (this._flush) this._flush();
  }
  _failed(error) {
    if (this._isFailed) return;
    this._isFailed = true;
    this.destroyed = true;
    this.emit('error', error);
    this.emit('close');
  }
  _sendHead(length) {
    this.headersSent = true;
    let text = this.method + ' ' + this.path + ' HTTP/1.1\r\n' + this._lines();
    if (!this.hasHeader('content-length') && !this.hasHeader('transfer-encoding')) {
      const bodiless = this.method === 'GET' || this.method === 'HEAD' || this.method === 'DELETE' || this.method === 'OPTIONS';
      if (length !== undefined) {
        if (length > 0 || !bodiless) text += 'Content-Length: ' + length + '\r\n';
      } else {
        this.chunked = true;
        text += 'Transfer-Encoding: chunked\r\n';
      }
    }
    if (!this.hasHeader('connection')) text += 'Connection: ' + (this._keeps ? 'keep-alive' : 'close') + '\r\n';
    this._head = text + '\r\n';
  }
  _put(bytes, callback) {
    if (!this.socket) {
      this._flush = () => super._put(bytes, callback);
      return undefined;
    }
    return super._put(bytes, callback);
  }
  setTimeout(ms, callback) {
    if (callback) this.once('timeout', callback);
    if (!this.socket) this._timeout = [ms];
    else this.socket.setTimeout(ms, () => this.emit('timeout'));
    return this;
  }
  setNoDelay() {}
  setSocketKeepAlive() {}
  abort() {
    this.destroy();
  }
  _destroy(error, callback) {
    if (this.socket) {
      this._isFailed = true;
      this.socket.destroy();
    }
    callback(error || (this.res ? null : Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })));
  }
  _done() {}
}
ClientRequest.prototype._autoDestroy = false;
ServerResponse.prototype._autoDestroy = false;

function optionsOf(args, defaults) {
  let [input, options, callback] = args;
  if (typeof options === 'function') [callback, options] = [options, undefined];
  let made = {};
  if (typeof input === 'string') input = new URL(input);
  if (input instanceof URL)
    made = { protocol: input.protocol, hostname: input.hostname.replace(/^\[|\]$/g, ''), port: input.port || undefined, path: input.pathname + input.search, auth: input.username ? decodeURIComponent(input.username) + ':' + decodeURIComponent(input.password) : undefined };
  else {
    options = input;
  }
  const all = { ...defaults, ...made, ...options };
  if (all.protocol !== defaults.protocol) throw host.coded('TypeError', 'ERR_INVALID_PROTOCOL', 'Protocol "' + all.protocol + '" not supported. Expected "' + defaults.protocol + '"');
  return [all, callback];
}
function clientOf(defaults) {
  const request = (...args) => new ClientRequest(...optionsOf(args, defaults));
  const get = (...args) => {
    const made = request(...args);
    made.end();
    return made;
  };
  return { request, get };
}
`;
