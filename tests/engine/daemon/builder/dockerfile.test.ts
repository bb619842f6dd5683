import { describe, expect, it } from 'vitest';
import { DockerfileError } from '../../../../src/engine/daemon/builder/dockerfile/errors.ts';
import { parseFile } from '../../../../src/engine/daemon/builder/dockerfile/nodes.ts';
import { parseDockerfile } from '../../../../src/engine/daemon/builder/dockerfile/stages.ts';

const nodesOf = (text: string): readonly (readonly [string, readonly string[], number, number])[] =>
  parseFile(text).nodes.map(({ command, args, lines }) => [command, args, lines.start, lines.end] as const);

function failure(text: string): string {
  try {
    parseDockerfile(text);
  } catch (error) {
    if (error instanceof DockerfileError) return `${error.message}${error.lines ? ` @${error.lines.start}-${error.lines.end}` : ''}`;
    throw error;
  }
  return 'none';
}

describe('a Dockerfile as statements', () => {
  it('joins continued lines, without the comments and empty lines between', () => {
    const { nodes, emptyContinuations } = parseFile('FROM a\nRUN one \\\n# why\n  two \\\n\n  three\nCMD x\n');
    expect(nodes.map(({ original, lines }) => [original, lines.start, lines.end])).toEqual([
      ['FROM a', 1, 1],
      ['RUN one   two   three', 2, 6],
      ['CMD x', 7, 7],
    ]);
    expect(emptyContinuations).toEqual([6]);
  });

  it('knows directives only at the top, and once', () => {
    const { escapeSign, directives, nodes } = parseFile('# escape=`\n# syntax=docker/dockerfile:1\nFROM a\nRUN one `\n two\\\n');
    expect([escapeSign, directives.map(({ name, value }) => [name, value])]).toEqual([
      '`',
      [
        ['escape', '`'],
        ['syntax', 'docker/dockerfile:1'],
      ],
    ]);
    expect(nodes[1]?.args).toEqual(['one  two\\']);
    expect(parseFile('# a comment\n# escape=`\nFROM a\n').escapeSign).toBe('\\');
    expect(failure('# escape=`\n# escape=`\nFROM a\n')).toBe('only one escape parser directive can be used @1-1');
    expect(failure('# escape=x\nFROM a\n')).toBe("invalid escape token 'x' does not match ` or \\ @0-0");
  });

  it('reads here-documents, several in a row, with and without tabs', () => {
    const { nodes } = parseFile('FROM a\nCOPY <<one <<-"two" /\n1\none\n\t2\n\ttwo\nRUN <<EOF\nx\nEOF\n');
    expect(nodes[1]?.heredocs).toEqual([
      { name: 'one', expands: true, chomp: false, content: '1\n' },
      { name: 'two', expands: false, chomp: true, content: '\t2\n' },
    ]);
    expect(nodes[2]?.lines).toEqual({ start: 7, end: 9 });
    expect(failure('FROM a\nRUN <<EOF\nx\n')).toBe('unterminated heredoc @2-3');
  });

  it('tells the exec form from what only looks like it', () => {
    expect(parseFile('CMD ["a", "b c"]').nodes[0]).toMatchObject({ args: ['a', 'b c'], json: true });
    expect(parseFile("CMD ['a']").nodes[0]).toMatchObject({ args: ["['a']"], json: false });
    expect(failure('FROM a\nRUN [1]\n')).toBe('when using JSON array syntax, arrays must be comprised of strings only @2-2');
  });

  it('splits ENV, LABEL and ARG as a shell would', () => {
    expect(parseFile('ENV A="b c" D=e\\ f G=\'h i\'').nodes[0]?.pairs).toEqual([
      { key: 'A', value: '"b c"', isLegacy: false },
      { key: 'D', value: 'e\\ f', isLegacy: false },
      { key: 'G', value: "'h i'", isLegacy: false },
    ]);
    expect(parseFile('ENV A b  c').nodes[0]?.pairs).toEqual([{ key: 'A', value: 'b  c', isLegacy: true }]);
    expect(nodesOf('ARG A=1 B C="x y"')).toEqual([['ARG', ['A=1', 'B', 'C="x y"'], 1, 1]]);
  });

  it('takes flags off the front, and stops at --', () => {
    expect(parseFile('COPY --chown=a:b --from=x -- --odd /').nodes[0]).toMatchObject({
      flags: ['--chown=a:b', '--from=x'],
      args: ['--odd', '/'],
    });
  });

  it.each([
    ['', 'file with no instructions @0-0'],
    ['# only this\n', 'file with no instructions @1-1'],
    ['RUN x\n', 'no build stage in current context @1-1'],
    ['FROM a\nRUNN x\n', 'dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?) @2-2'],
    ['FROM a\nconstructor x\n', 'dockerfile parse error on line 2: unknown instruction: constructor @2-2'],
    ['FROM a b\n', 'dockerfile parse error on line 1: FROM requires either one or three arguments @1-1'],
    [
      'FROM a AS 1x\n',
      'dockerfile parse error on line 1: invalid name for build stage: "1x", name can\'t start with a number or contain symbols @1-1',
    ],
    [
      'FROM a\nCOPY x\n',
      'dockerfile parse error on line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined @2-2',
    ],
    ['FROM a\nCOPY --chmod x /\n', 'dockerfile parse error on line 2: missing a value on flag: --chmod @2-2'],
    ['FROM a\nCOPY --link=maybe x /\n', 'dockerfile parse error on line 2: expecting boolean value for flag --link, not: maybe @2-2'],
    ['FROM a\nCOPY --from=a --from=b x /\n', 'dockerfile parse error on line 2: duplicate flag specified: --from @2-2'],
    ['FROM a\nCOPY --chow=a x /\n', 'dockerfile parse error on line 2: unknown flag: --chow (did you mean chown?) @2-2'],
    ['FROM a\nCOPY x <<EOF\nEOF\n', 'dockerfile parse error on line 2: COPY cannot accept a heredoc as a destination @2-3'],
    ['FROM a\nRUN --network=sideways x\n', 'dockerfile parse error on line 2: invalid network mode "sideways" @2-2'],
    ['FROM a\nHEALTHCHECK --interval=1x CMD a\n', 'dockerfile parse error on line 2: time: unknown unit "x" in duration "1x" @2-2'],
    ['FROM a\nHEALTHCHECK --retries=-1 CMD a\n', 'dockerfile parse error on line 2: --retries cannot be negative (-1) @2-2'],
    ['FROM a\nHEALTHCHECK NONE x\n', 'dockerfile parse error on line 2: HEALTHCHECK NONE takes no arguments @2-2'],
    ['FROM a\nONBUILD FROM b\n', "dockerfile parse error on line 2: FROM isn't allowed as an ONBUILD trigger @2-2"],
    ['FROM a\nSHELL []\n', 'dockerfile parse error on line 2: SHELL requires at least one argument @2-2'],
    ['FROM a\nVOLUME [""]\n', 'dockerfile parse error on line 2: VOLUME specified can not be an empty string @2-2'],
    ['FROM a\nENV A=1 B\n', 'Syntax error - can\'t find = in "B". Must be of the form: name=value @2-2'],
    ['FROM a\nARG =1\n', 'dockerfile parse error on line 2: ARG names can not be blank @2-2'],
  ])('says what is wrong with %j', (text, message) => {
    expect(failure(text)).toBe(message);
  });
});
