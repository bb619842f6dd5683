import { a } from './circ-a.mjs'; export const b = 'B'; export const getA = () => a; try { console.log(a); } catch (e) { console.log(e.name, e.message); }
