/** Progress of pulls and pushes: on a terminal as bars that are drawn anew, elsewhere as lines. Upstream: moby pkg/jsonmessage. */
import type { ProgressMessage } from '../../api-types/index.ts';
import type { ClientResponse } from '../../http/index.ts';
import { eachJsonLine } from '../client/json-lines.ts';
import { CliError } from '../errors.ts';
import { humanSize } from '../formatter/units.ts';
import type { Output } from '../output.ts';

type Detail = NonNullable<ProgressMessage['progressDetail']>;

/** Shows a stream of progress. Throws the error that it ends with. `aux` gets what is not for showing. */
export async function showProgress(
  answer: ClientResponse,
  out: Output,
  aux: (value: unknown) => Promise<void> | void = () => {},
): Promise<void> {
  const lines = new Map<string, number>();
  await eachJsonLine<ProgressMessage>(answer, async (message) => {
    if (message.aux !== undefined && message.aux !== null) return aux(message.aux);
    const error = message.errorDetail?.message ?? message.error;
    if (error !== undefined) throw new CliError(error);
    await out.text(draw(message, out, lines));
  });
}

/** The same for messages that the client makes itself. */
export class ProgressScreen {
  readonly #out: Output;
  readonly #lines = new Map<string, number>();

  constructor(out: Output) {
    this.#out = out;
  }

  show(message: ProgressMessage): Promise<void> {
    return this.#out.text(draw(message, this.#out, this.#lines));
  }
}

function draw(message: ProgressMessage, out: Output, lines: Map<string, number>): string {
  const { id, progressDetail } = message;
  if (id === undefined || id === '' || progressDetail === undefined) {
    lines.clear();
    return display(message, out);
  }
  const isNew = !lines.has(id);
  const line = lines.get(id) ?? lines.size;
  lines.set(id, line);
  if (!out.isTerminal) return display(message, out);
  const up = lines.size - line;
  return `${isNew ? '\n' : ''}\x1b[${up}A${display(message, out)}\x1b[${up}B`;
}

function display(message: ProgressMessage, out: Output): string {
  const detail = message.progressDetail;
  const bar = detail === undefined ? '' : progressBar(detail, out);
  const redrawn = out.isTerminal && message.stream === undefined && detail !== undefined;
  if (!redrawn && bar !== '') return '';
  const end = redrawn ? '\r' : '';
  const head = redrawn ? '\x1b[2K\r' : '';
  const id = message.id === undefined || message.id === '' ? '' : `${message.id}: `;
  if (redrawn) return `${head}${id}${message.status ?? ''} ${bar}${end}`;
  if (message.stream !== undefined && message.stream !== '') return `${id}${message.stream}`;
  return `${id}${message.status ?? ''}\n`;
}

const BAR_COLUMNS = 50;
const WIDTH_FOR_BAR = 110;

function progressBar(detail: Detail, out: Output): string {
  const { current = 0, total = 0, units = '', hidecounts } = detail;
  if (current <= 0 && total <= 0) return '';
  if (total <= 0) return units === '' ? humanSize(current).padStart(8) : `${current} ${units}`;
  const done = Math.min(BAR_COLUMNS, Math.trunc(Math.trunc((current / total) * 100) / 2));
  const width = out.isTerminal ? out.stream.size().columns : 200;
  const box = width > WIDTH_FOR_BAR ? `[${'='.repeat(done)}>${' '.repeat(BAR_COLUMNS - done)}] ` : '';
  return box + (hidecounts === true ? '' : counts({ current, total, units }));
}

function counts({ current, total, units }: { current: number; total: number; units: string }): string {
  if (units !== '') return `${current}/${total} ${units}`;
  const size = humanSize(current).padStart(8);
  return current > total ? size : `${size}/${humanSize(total)}`;
}
