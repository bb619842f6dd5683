/** The first part of `http`: what is read off a connection. */
export const MESSAGES = String.raw`'use strict';
const net = require('net');
const EventEmitter = require('events');
const { Readable, Writable } = require('stream');
const { Buffer } = require('buffer');
const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints', 200: 'OK', 201: 'Created', 202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used', 300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 305: 'Use Proxy', 307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 407: 'Proxy Authentication Required', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed', 413: 'Payload Too Large', 414: 'URI Too Long', 415: 'Unsupported Media Type', 416: 'Range Not Satisfiable', 417: 'Expectation Failed', 418: "I'm a Teapot", 421: 'Misdirected Request', 422: 'Unprocessable Entity', 423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required', 428: 'Precondition Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates', 507: 'Insufficient Storage', 508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended', 511: 'Network Authentication Required',
};
const METHODS = ['ACL', 'BIND', 'CHECKOUT', 'CONNECT', 'COPY', 'DELETE', 'GET', 'HEAD', 'LINK', 'LOCK', 'M-SEARCH', 'MERGE', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MOVE', 'NOTIFY', 'OPTIONS', 'PATCH', 'POST', 'PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', 'QUERY', 'REBIND', 'REPORT', 'SEARCH', 'SOURCE', 'SUBSCRIBE', 'TRACE', 'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE'];

class IncomingMessage extends Readable {
  constructor(socket) {
    super();
    this.httpVersionMajor = 1;
    this.httpVersionMinor = 1;
    this.httpVersion = '1.1';
    this.complete = false;
    this.rawHeaders = [];
    this.headers = {};
    this.url = '';
    this.method = null;
    this.statusCode = null;
    this.statusMessage = null;
    this.socket = socket;
    this.connection = socket;
    this.trailers = {};
  }
  _read() {
    if (this._wanted) this._wanted();
  }
  setTimeout(ms, callback) {
    if (callback) this.socket.setTimeout(ms, callback);
    return this;
  }
}
const ONCE = new Set(['age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent']);
function takeHead(message, lines) {
  for (const line of lines) {
    const at = line.indexOf(':');
    if (at < 0) continue;
    const name = line.slice(0, at);
    const value = line.slice(at + 1).trim();
    const key = name.toLowerCase();
    message.rawHeaders.push(name, value);
    if (key === 'set-cookie') (message.headers[key] = message.headers[key] || []).push(value);
    else if (message.headers[key] === undefined) message.headers[key] = value;
    else if (!ONCE.has(key)) message.headers[key] += (key === 'cookie' ? '; ' : ', ') + value;
  }
}

// Reads messages off a socket: a head, then a body by its length, in chunks, or to the end.
class Parser {
  constructor(socket, begin) {
    this.socket = socket;
    this.begin = begin;
    this.pieces = Buffer.alloc(0);
    this.message = null;
    this.mode = 'head';
    this.left = 0;
    this.isClosed = false;
  }
  take(bytes) {
    this.pieces = this.pieces.length === 0 ? bytes : Buffer.concat([this.pieces, bytes]);
    while (!this.isClosed && this.step());
  }
  line() {
    const at = this.pieces.indexOf('\r\n');
    if (at < 0) return null;
    const text = this.pieces.toString('latin1', 0, at);
    this.pieces = this.pieces.subarray(at + 2);
    return text;
  }
  step() {
    if (this.mode === 'head') {
      const end = this.pieces.indexOf('\r\n\r\n');
      if (end < 0) return false;
      const lines = this.pieces.toString('latin1', 0, end).replace(/^(\r\n)+/, '').split('\r\n');
      this.pieces = this.pieces.subarray(end + 4);
      const message = new IncomingMessage(this.socket);
      takeHead(message, lines.slice(1));
      const mode = this.begin(message, lines[0], this);
      if (mode === 'stop') return false;
      this.message = message;
      const coding = message.headers['transfer-encoding'];
      const length = message.headers['content-length'];
      if (mode === 'none') return this.finish();
      if (coding && /chunked/i.test(coding)) this.mode = 'size';
      else if (length !== undefined) {
        this.left = Number(length);
        this.mode = 'length';
        if (this.left === 0) return this.finish();
      } else if (mode === 'end') this.mode = 'end';
      else return this.finish();
      return true;
    }
    if (this.mode === 'length' || this.mode === 'chunk') {
      if (this.pieces.length === 0) return false;
      const part = this.pieces.subarray(0, this.left);
      this.pieces = this.pieces.subarray(part.length);
      this.left -= part.length;
      this.message.push(part);
      if (this.left > 0) return false;
      if (this.mode === 'length') return this.finish();
      this.mode = 'after';
      return true;
    }
    if (this.mode === 'after') {
      if (this.line() === null) return false;
      this.mode = 'size';
      return true;
    }
    if (this.mode === 'size') {
      const line = this.line();
      if (line === null) return false;
      this.left = parseInt(line, 16);
      this.mode = this.left === 0 ? 'trailer' : 'chunk';
      return true;
    }
    if (this.mode === 'trailer') {
      const line = this.line();
      if (line === null) return false;
      return line === '' ? this.finish() : true;
    }
    if (this.mode === 'end' && this.pieces.length > 0) {
      this.message.push(this.pieces);
      this.pieces = Buffer.alloc(0);
    }
    return false;
  }
  finish() {
    const { message } = this;
    message.complete = true;
    message.push(null);
    this.mode = 'head';
    this.message = null;
    if (this.after) this.after(message);
    return this.pieces.length > 0;
  }
  end() {
    if (this.mode === 'end') this.finish();
    else if (this.message) {
      const error = new Error('aborted');
      error.code = 'ECONNRESET';
      this.message.emit('aborted');
      this.message.destroy(this.message.listenerCount('error') > 0 ? error : undefined);
    }
  }
}
const NAME = /^[\^_\x60a-zA-Z\-0-9!#$%&'*+.|~]+$/;
function checkHeader(name, value) {
  if (typeof name !== 'string' || !NAME.test(name)) throw host.coded('TypeError', 'ERR_INVALID_HTTP_TOKEN', 'Header name must be a valid HTTP token ["' + name + '"]');
  if (value === undefined) throw host.coded('TypeError', 'ERR_HTTP_INVALID_HEADER_VALUE', 'Invalid value "undefined" for header "' + name + '"');
  if (/[^\t\x20-\x7e\x80-\xff]/.test(String(value))) throw host.coded('TypeError', 'ERR_INVALID_CHAR', 'Invalid character in header content ["' + name + '"]');
}

`;
