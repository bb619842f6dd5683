import { b, getA } from './circ-b.mjs'; export const a = 'A'; console.log(b, getA());
