import { readFile } from 'node:fs/promises'; import path from 'node:path'; import { setTimeout as sleep } from 'timers/promises'; import { EventEmitter, once } from 'node:events';
const me = await readFile(import.meta.filename, 'utf8'); console.log(me.length > 10, path.basename(import.meta.url), typeof require);
const e = new EventEmitter(); setTimeout(() => e.emit('go', 1, 2), 1); console.log(await once(e, 'go')); await sleep(5); export const answer = 42; console.log(answer, import.meta.filename.endsWith('esm.mjs'));
