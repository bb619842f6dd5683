/** Complex numbers: their literals, and how they are shown. */
import { COMPLEX } from './values.ts';

export class PyComplex {
  readonly cls = COMPLEX;
  readonly real: number;
  readonly imag: number;

  constructor(real: number, imag: number) {
    this.real = real;
    this.imag = imag;
  }
}
