/** The kernel's own log: what `dmesg` reads. Lines that have become too many go, the oldest first. */
const MOST_LINES = 2000;
const NS_PER_US = 1000;
const US_PER_S = 1_000_000;

export class KernelLog {
  readonly #lines: string[] = [];
  readonly #nowNs: () => number;

  constructor(nowNs: () => number) {
    this.#nowNs = nowNs;
  }

  say(text: string): void {
    const us = Math.floor(this.#nowNs() / NS_PER_US);
    const seconds = String(Math.floor(us / US_PER_S)).padStart(5);
    this.#lines.push(`[${seconds}.${String(us % US_PER_S).padStart(6, '0')}] ${text}\n`);
    if (this.#lines.length > MOST_LINES) this.#lines.shift();
  }

  read(): string {
    return this.#lines.join('');
  }

  clear(): void {
    this.#lines.length = 0;
  }
}
