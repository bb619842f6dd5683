import { describe, expect, it } from 'vitest';
import { isProof, proofOf, secretOf } from '../../../../src/engine/userland/servers/mysql/passwords.ts';
import { type Piece, ScriptReader } from '../../../../src/engine/userland/servers/mysql/script.ts';
import { boxText, tabText, uprightText } from '../../../../src/engine/userland/servers/mysql/table-text.ts';

const [INT, TEXT] = [8, 253];
const table = {
  columns: [
    { name: 'id', code: INT, flags: 1, charset: 63 },
    { name: 'n', code: TEXT, flags: 0, charset: 255 },
  ],
  rows: [
    ['1', 'a\tb'],
    ['20', null],
  ],
};

describe('what the client draws', () => {
  it('boxes, with numbers at the right and room for NULL', () => {
    const rows = [
      ['1', 'ä'],
      ['20', null],
    ];
    expect(boxText({ ...table, rows }, true)).toBe(
      '+----+------+\n| id | n    |\n+----+------+\n|  1 | ä    |\n| 20 | NULL |\n+----+------+\n',
    );
    expect(boxText({ ...table, rows: [['1', 'x']] }, false)).toBe('+---+------+\n| 1 | x    |\n+---+------+\n');
  });

  it('upright rows and tabs', () => {
    expect(uprightText({ ...table, rows: [['1', null]] }, true)).toBe(`${'*'.repeat(27)} 1. row ${'*'.repeat(27)}\nid: 1\n n: NULL\n`);
    expect(tabText(table, { hasNames: true, isRaw: false })).toBe('id\tn\n1\ta\\tb\n20\tNULL\n');
    expect(tabText(table, { hasNames: false, isRaw: true })).toBe('1\ta\tb\n20\tNULL\n');
  });
});

const shown = (piece: Piece): string =>
  piece.kind === 'command' ? `\\${piece.letter} ${piece.rest}` : `${piece.text}${piece.isUpright ? '\\G' : ''}`;
const read = (...lines: readonly string[]): readonly string[] => {
  const reader = new ScriptReader();
  return [...lines.flatMap((line) => reader.push(line)), ...[reader.rest()].filter((one) => one !== undefined)].map(shown);
};

describe('what the client reads', () => {
  it.each([
    [['select 1; select 2;'], ['select 1', 'select 2']],
    [['select', '1', ';'], ['select\n1']],
    [['select \';\' ; select "a\\";"\\G'], ["select ';'", 'select "a\\";"\\G']],
    [['use a; select 1'], ['\\u a', 'select 1']],
    [['use `a b`'], ['\\u a b']],
    [['exit'], ['\\q ']],
    [['select 1 \\c', 'quit'], ['\\q ']],
    [['-- a comment', 'select 1 # ;', ';'], ['select 1 # ;']],
    [['/* ; */ select 1; /*!40101 SET NAMES utf8 */;'], ['/* ; */ select 1', '/*!40101 SET NAMES utf8 */']],
    [
      ['delimiter //', 'select 1; select 2//', 'delimiter ;', 'select 3;'],
      ['\\d //', 'select 1; select 2', '\\d ', 'select 3'],
    ],
    [['source /a b.sql'], ['\\. /a b.sql']],
  ])('%j', (lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });

  it('knows what is open', () => {
    const open = (...lines: readonly string[]): string => {
      const reader = new ScriptReader();
      for (const line of lines) reader.push(line);
      return reader.incomplete;
    };
    expect([open('select 1;'), open('select'), open("select 'a"), open('select "'), open('select `'), open('select /* x')]).toEqual([
      '',
      '-',
      "'",
      '"',
      '`',
      '*',
    ]);
  });
});

describe('passwords', () => {
  it.each(['caching_sha2_password', 'mysql_native_password'])('are proved without being sent, by %s', (plugin) => {
    const nonce = new Uint8Array(Array.from({ length: 20 }, (_, i) => i + 1));
    const secret = secretOf(plugin, 'pw');
    expect(isProof(plugin, secret, { answer: proofOf(plugin, 'pw', nonce), nonce })).toBe(true);
    expect(isProof(plugin, secret, { answer: proofOf(plugin, 'other', nonce), nonce })).toBe(false);
    expect(isProof(plugin, secret, { answer: new Uint8Array(), nonce })).toBe(false);
    expect(isProof(plugin, '', { answer: new Uint8Array(), nonce })).toBe(true);
  });
});
