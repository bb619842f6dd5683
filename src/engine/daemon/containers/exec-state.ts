import type { ExecCreateRequest } from '../../api-types/index.ts';
import type { Fd, Pid, TaskQueue } from '../../kernel/sys.ts';
import type { ProcessSpec } from '../runtime/spec.ts';
import type { OutputHub } from './output-hub.ts';

/** A command of `docker exec`, from its creation until its container ends. */
export interface ExecProcess {
  readonly id: string;
  readonly containerId: string;
  readonly request: ExecCreateRequest;
  readonly process: ProcessSpec;
  readonly output: OutputHub;
  readonly changed: TaskQueue;
  running: boolean;
  hasRun: boolean;
  exitCode: number | null;
  pid: Pid;
  stdin: Fd | null;
  terminal: Fd | null;
}
