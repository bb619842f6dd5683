export interface ComparedStep {
  readonly index: number;
  readonly cmd: string;
  readonly status: 'equal' | 'other id' | 'differs' | 'missing' | 'n/a';
  readonly fields: readonly unknown[];
}
export interface Comparison {
  readonly steps: readonly ComparedStep[];
}
export function compareRecording(recording: unknown, printed: readonly unknown[]): Comparison;
export function explainStep(result: Comparison, step: ComparedStep): string;
