/** `process.stdin`, `stdout` and `stderr`, in JavaScript. */
export const SOURCE = String.raw`'use strict';
const { Writable, Readable } = require('stream');
const { Buffer } = require('buffer');
class Output extends Writable {
  constructor(fd) {
    super({ decodeStrings: false });
    this.fd = fd;
    this._type = host.isTerminal(fd) ? 'tty' : 'pipe';
    if (this._type === 'tty') {
      this.isTTY = true;
      [this.columns, this.rows] = host.size(fd);
    }
  }
  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') [callback, encoding] = [encoding, undefined];
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) throw host.invalidArgument('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
    host.write(this.fd, typeof chunk === 'string' && encoding && encoding !== 'utf8' ? Buffer.from(chunk, encoding) : chunk);
    if (callback) process.nextTick(callback);
    return true;
  }
  end(chunk, encoding, callback) {
    if (chunk !== undefined && typeof chunk !== 'function') this.write(chunk, encoding);
    const done = [chunk, encoding, callback].find((one) => typeof one === 'function');
    process.nextTick(() => { this.emit('finish'); if (done) done(); });
    return this;
  }
  _write(chunk, encoding, callback) {
    host.write(this.fd, chunk);
    callback();
  }
  getColorDepth() { return this.isTTY ? 8 : 1; }
  hasColors() { return Boolean(this.isTTY); }
  getWindowSize() { return [this.columns, this.rows]; }
  cursorTo(x, y, callback) { this.write(typeof y === 'number' ? '\u001b[' + (y + 1) + ';' + (x + 1) + 'H' : '\u001b[' + (x + 1) + 'G'); if (typeof callback === 'function') callback(); return true; }
  clearLine(direction, callback) { this.write(direction < 0 ? '\u001b[1K' : direction > 0 ? '\u001b[0K' : '\u001b[2K'); if (callback) callback(); return true; }
  moveCursor(dx, dy) { this.write((dx < 0 ? '\u001b[' + -dx + 'D' : dx > 0 ? '\u001b[' + dx + 'C' : '') + (dy < 0 ? '\u001b[' + -dy + 'A' : dy > 0 ? '\u001b[' + dy + 'B' : '')); return true; }
  clearScreenDown() { this.write('\u001b[0J'); return true; }
}
class Input extends Readable {
  constructor() {
    super();
    this.fd = 0;
    if (host.isTerminal(0)) {
      this.isTTY = true;
      this.isRaw = false;
    }
    this.isRef = true;
  }
  _read() {
    host.read(0, (error, bytes) => {
      if (error || bytes === null) this.push(null);
      else this.push(bytes);
    }, () => this._readableState.flowing !== false && this.isRef);
  }
  setRawMode(on) { host.setRaw(0, Boolean(on)); this.isRaw = Boolean(on); return this; }
  ref() { this.isRef = true; return this; }
  unref() { this.isRef = false; return this; }
  pause() { host.hold(false); return super.pause(); }
  resume() { host.hold(true); return super.resume(); }
}
Input.prototype._autoDestroy = false;
Output.prototype._autoDestroy = false;
const made = {};
for (const [name, make] of [['stdout', () => new Output(1)], ['stderr', () => new Output(2)], ['stdin', () => new Input()]])
  Object.defineProperty(process, name, { get: () => (made[name] = made[name] || make()), set: (value) => { made[name] = value; }, configurable: true, enumerable: true });
module.exports = {};
`;
