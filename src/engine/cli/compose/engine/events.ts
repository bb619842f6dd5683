import type { ContainerSummary } from '../../../api-types/index.ts';
import type { ProgressEvent } from '../progress/progress.ts';
import { eventId } from './containers.ts';

type Word = readonly [text: string, status: ProgressEvent['status']];
const WORDS = {
  starting: ['Starting', 'working'],
  started: ['Started', 'done'],
  running: ['Running', 'done'],
  stopping: ['Stopping', 'working'],
  stopped: ['Stopped', 'done'],
  removing: ['Removing', 'working'],
  removed: ['Removed', 'done'],
  killing: ['Killing', 'working'],
  killed: ['Killed', 'done'],
  restarting: ['Restarting', 'working'],
  paused: ['Paused', 'done'],
  unpaused: ['Unpaused', 'done'],
  waiting: ['Waiting', 'working'],
  healthy: ['Healthy', 'done'],
  exited: ['Exited', 'done'],
  recreate: ['Recreate', 'working'],
  recreated: ['Recreated', 'done'],
} as const satisfies Readonly<Record<string, Word>>;

/** What happens to a container. */
export function containerEvent(container: ContainerSummary, word: keyof typeof WORDS): ProgressEvent {
  const [text, status] = WORDS[word];
  return { id: eventId(container), text, status };
}

export const errorEvent = (id: string, details: string): ProgressEvent => ({ id, text: 'Error', status: 'error', details });
