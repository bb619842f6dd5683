/** What a way of showing progress must do. Each call answers the text to print; when to call is the printer's business. */
import type { StatusResponse } from '../../../api-types/build-trace.ts';
import { isFailed, type Step, type Trace } from './trace.ts';

export interface Display {
  /** Takes news in, without showing them yet; what a display shows at once it answers. */
  update(status: StatusResponse, nowNs: bigint): string;
  /** Shows what has changed, and what changes with time. */
  refresh(nowNs: bigint): string;
  /** The last picture, and the logs of steps that failed. */
  end(nowNs: bigint): string;
}

/** The output of each step that failed, between lines. */
export function failedLogs(trace: Trace, linesOf: (step: Step) => readonly string[]): string {
  return trace.steps
    .filter(isFailed)
    .map(
      (step) =>
        `------\n > ${step.vertex.name}:\n${linesOf(step)
          .map((line) => `${line}\n`)
          .join('')}------\n`,
    )
    .join('');
}
