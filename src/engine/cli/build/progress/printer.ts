/**
 * Shows a build's progress while it arrives. News is gathered for a tenth of a second before it is shown, and what changes with time
 * is drawn anew a little later if nothing comes. Upstream: docker/buildx util/progress, moby/buildkit progressui.
 */

import type { StatusResponse, VertexWarning } from '../../../api-types/build-trace.ts';
import { CliError } from '../../errors.ts';
import type { Io, OutputStream } from '../../io.ts';
import { encodeText } from '../../text.ts';
import { coloursOf } from './colours.ts';
import { ConsoleDisplay } from './console.ts';
import type { Display } from './display.ts';
import { PlainDisplay } from './plain.ts';
import { quietDisplay, rawJsonDisplay } from './raw-json.ts';
import { showWarnings } from './warnings.ts';

export interface PrinterOptions {
  /** As `--progress` has it; `auto` looks at BUILDKIT_PROGRESS and at the stream. */
  readonly mode: string;
  /** What plain output says first, and what the terminal display says at the right. */
  readonly description?: { readonly plain: string; readonly console: string };
  readonly debug?: boolean;
  /** Does not list warnings at the end. */
  readonly silentWarnings?: boolean;
}

const PAUSE_NS = 100_000_000n;
export const TICK_MS = 150;

/** Who is told of a build. */
export type BuildNews = Pick<Printer, 'write' | 'refresh' | 'note'>;

export class Printer {
  readonly #io: Io;
  readonly #out: OutputStream;
  readonly #notes: string[] = [];
  readonly #display: Display;
  readonly #options: PrinterOptions;
  readonly warnings: VertexWarning[] = [];
  #shownNs: bigint | undefined;
  #isStale = false;

  /** Throws CliError for a mode that there is not, or a terminal that there is not. */
  constructor(io: Io, out: OutputStream, options: PrinterOptions) {
    this.#io = io;
    this.#out = out;
    this.#options = { ...options, mode: options.mode === 'auto' ? io.env.get('BUILDKIT_PROGRESS') || 'auto' : options.mode };
    this.#display = displayFor(io, out, this.#options);
  }

  async write(status: StatusResponse): Promise<void> {
    const nowNs = this.#io.clock.nowNs();
    this.warnings.push(...(status.warnings ?? []));
    await this.#print(this.#display.update(status, nowNs));
    if (this.#shownNs !== undefined && nowNs - this.#shownNs < PAUSE_NS) this.#isStale = true;
    else await this.refresh();
  }

  /** For one of several targets: its steps say so. */
  of(target: string): BuildNews {
    return {
      write: (status) => this.write(named(status, target)),
      refresh: () => this.refresh(),
      note: (line) => this.note(line),
    };
  }

  /** Shows what has gathered; to be called when nothing has come for TICK_MS. */
  async refresh(): Promise<void> {
    const nowNs = this.#io.clock.nowNs();
    this.#shownNs = nowNs;
    this.#isStale = false;
    await this.#print(this.#display.refresh(nowNs));
  }

  /** Whether something waits to be shown. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** A line of the client's own log, which waits until the picture is done. */
  note(line: string): void {
    this.#notes.push(`${line}\n`);
  }

  /** The last picture, logs of failed steps, what the client noted, and warnings. */
  async end(): Promise<void> {
    await this.#print(this.#display.end(this.#io.clock.nowNs()));
    await this.#print(this.#notes.splice(0).join(''));
    const { mode, silentWarnings } = this.#options;
    if (silentWarnings === true || mode === 'quiet' || mode === 'rawjson') return;
    await this.#print(showWarnings(this.warnings, this.#options.debug === true));
  }

  async #print(text: string): Promise<void> {
    if (text !== '') await this.#out.write(encodeText(text));
  }
}

/** Steps say which target they are of. Upstream: docker/buildx util/progress WithPrefix. */
function named(status: StatusResponse, target: string): StatusResponse {
  const prefixed = (name: string) => (name.startsWith('[') ? `[${target} ${name.slice(1)}` : `[${target}] ${name}`);
  return { ...status, vertexes: (status.vertexes ?? []).map((vertex) => ({ ...vertex, name: prefixed(vertex.name) })) };
}

function displayFor(io: Io, out: OutputStream, { mode, description }: PrinterOptions): Display {
  const isConsole = out.isTerminal && (mode === 'auto' || mode === 'tty' || mode === '');
  if (isConsole) return consoleDisplay(io, out, description?.console);
  switch (mode) {
    case '':
    case 'auto':
    case 'plain':
      return new PlainDisplay({
        ...(description === undefined ? {} : { description: description.plain }),
        short: io.env.get('PROGRESS_NO_TRUNC') === '0',
      });
    case 'tty':
      throw new CliError('failed to get console: provided file is not a console');
    case 'rawjson':
      return rawJsonDisplay();
    case 'quiet':
      return quietDisplay();
    default:
      throw new CliError(`invalid progress mode ${mode}`);
  }
}

function consoleDisplay(io: Io, out: OutputStream, description: string | undefined): Display {
  const rows = Number(io.env.get('BUILDKIT_TTY_LOG_LINES'));
  return new ConsoleDisplay({
    size: () => {
      const { columns, rows: height } = out.size();
      return columns > 0 && height > 0 ? { columns, rows: height } : { columns: 80, rows: 10 };
    },
    colours: coloursOf(io.env),
    ...(description === undefined ? {} : { description }),
    ...(Number.isInteger(rows) && rows > 0 ? { windowRows: rows } : {}),
  });
}
