/** Programs that the go command has built: the note of their file carries what they run. */
import type { Program } from '../../kernel/sys.ts';
import { leave } from '../net/text.ts';
import { start } from './runtime/start.ts';
import { readObject } from './tool/object.ts';

/** The program of a note; one that cannot be read says so. */
export const goProgram =
  (payload: string): Program =>
  async (sys) => {
    const program = readObject(payload);
    return program === undefined ? leave(sys, `${sys.argv[0]}: this program is damaged\n`, 126) : start(sys, program);
  };
