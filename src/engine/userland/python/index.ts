/** Python: `tool` is the program, `syntax` and `compile` read a source, `runtime`, `ops` and `protocol` run it, `library` is what it imports. */
export { python } from './tool/index.ts';
