/** What a timeline shows: the steps with where one stands, what can be done, and how two worlds differ, in words. */
import type { Timeline } from '../../lab/lab.ts';
import type { Language } from '../page/words.ts';
import { timelineWordIn } from './words.ts';

export interface StepView {
  /** How many steps were made when one stands here. */
  readonly position: number;
  readonly label: string;
  readonly state: 'past' | 'here' | 'undone';
  readonly isShown: boolean;
}

export interface TimelineView {
  readonly steps: readonly StepView[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly shown: number;
}

export function timelineView({ steps, position, peeked }: Timeline, language: Language): TimelineView {
  const shown = peeked ?? position;
  const stateOf = (at: number): StepView['state'] => (at === position ? 'here' : at < position ? 'past' : 'undone');
  const labels = [timelineWordIn('start', language), ...steps.map(({ label }) => label)];
  return {
    steps: labels.map((label, at) => ({ position: at, label, state: stateOf(at), isShown: at === shown })),
    canUndo: shown > 0,
    canRedo: shown < steps.length,
    shown,
  };
}

/** What the slider says of its place. */
export function placeInWords({ steps, shown }: TimelineView, language: Language): string {
  const { label = '', state = 'here' } = steps[shown] ?? {};
  const words = [state === 'here' ? timelineWordIn('here', language) : timelineWordIn('shown', language)];
  if (state === 'undone') words.push(timelineWordIn('undone', language));
  return `${timelineWordIn('step', language)} ${shown}/${steps.length - 1}: ${label} (${words.join(', ')})`;
}
