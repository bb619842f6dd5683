/** What an agent has its managers for. On a manager's own node they are at hand; elsewhere everything goes over the connection. */
import type { TaskStatusObject } from '../objects.ts';
import type { Attachment, AttachmentRequest } from './messages.ts';

export interface Upstream {
  /** What became of a task here. */
  report(task: string, status: TaskStatusObject): void;
  /** An address for a container that somebody attaches by hand. Undefined: there is no such network. Throws DockerError. */
  attach(request: AttachmentRequest): Promise<Attachment | undefined>;
  detach(containerId: string): void;
}
