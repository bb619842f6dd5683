/** The prompt of node, on a terminal of a container. */
import { expect, it } from 'vitest';
import { run } from './computer.ts';

it('runs line after line, and waits until one is whole', async () => {
  const { stdout, exit } = await run('node -i', {
    stdin:
      'const x = 2\nx * 21\n[1, { a: x }]\nfunction f(n) {\nreturn n + 1 }\nf(1)\nnope\nawait Promise.resolve(7)\nlet s = "t"; s\n.exit\n',
  });
  expect(stdout).toBe(
    'Welcome to Node.js v24.21.0.\nType ".help" for more information.\n> undefined\n> 42\n> [ 1, { a: 2 } ]\n> | undefined\n> 2\n> Uncaught ReferenceError: nope is not defined\n> 7\n> \'t\'\n> ',
  );
  expect(exit).toBe(0);
});
