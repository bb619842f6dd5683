/** One command line and what the real tools made of it. Where only one dialect is given, the other is not promised. */
export interface Outcome {
  readonly out: string;
  readonly err?: string;
  readonly status?: number;
}
export interface Recorded {
  readonly script: string;
  readonly gnu?: Outcome;
  readonly busybox?: Outcome;
  readonly both?: Outcome;
}

export const FILES: Readonly<Record<string, string>> = {
  a: 'one\ntwo\nthree\n',
  b: 'x y z\n1 2 3\n  lead\n',
  c: 'a:b:c\nd:e:f\nnone\n',
  e: '',
  n: '10\n9\n2\n33\n1\n',
  nonl: 'last line',
};
