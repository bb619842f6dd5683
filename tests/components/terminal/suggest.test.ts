import { describe, expect, it } from 'vitest';
import { keysOf } from '../../../src/components/terminal/hangul-keys.ts';
import { distance, meant } from '../../../src/components/terminal/suggest.ts';

describe('keys of Hangul', () => {
  it.each([
    ['애차ㄷㄱ', 'docker'],
    ['애차ㄷㄱ ㅔㄴ', 'docker ps'],
    ['ㅣㄴ -ㅣ', 'ls -l'],
    ['ㅊㅇ ..', 'cd ..'],
    ['쳐기', 'curl'],
    ['ㄷ초ㅐ 안녕', 'echo dkssud'],
    ['애차ㄷㄱ 겨ㅜ --꺄ㅡ 미ㅔㅑㅜㄷ', 'docker run --Rim alpine'],
    ['ㅃㅉㄸㄲㅆㅒㅖ', 'QWERTOP'],
    ['왜뷁', 'dhoqnpfr'],
    ['값닭', 'rkqtekfr'],
    ['docker', 'docker'],
    ['', ''],
  ])('%s is %s', (typed, keys) => {
    expect(keysOf(typed)).toBe(keys);
  });

  it('takes syllables apart however they are encoded', () => {
    expect(keysOf('한글'.normalize('NFD'))).toBe(keysOf('한글'));
  });

  it('has a key for each letter of the keyboard', () => {
    const jamo = 'ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ';
    expect(keysOf(jamo)).toBe('qwertyuiopasdfghjklzxcvbnm');
  });
});

describe('what was meant', () => {
  it.each([
    ['애차ㄷㄱ ㅔㄴ -ㅁ', undefined, '', 'docker ps -a'],
    ['ㅣㄴ', undefined, '', 'ls'],
    ['echo 안녕', 0, '안녕', null],
    ['안녕하세요', 127, '', null],
    ['dokcer ps', 127, 'sh: 1: dokcer: not found', 'docker ps'],
    ['dcoker run alpine', 127, '', 'docker run alpine'],
    ['frobnicate', 127, '', null],
    ['docker rnu alpine', 1, 'docker: unknown command: docker rnu', 'docker run alpine'],
    ['docker run nosuch', 125, 'Unable to find image', null],
    ['docker ps', 0, '', null],
    ['ls', 127, '', null],
  ])('by “%s” (%s)', (line, status, printed, expected) => {
    expect(meant(line, status, printed)).toBe(expected);
  });
});

it('counts what is to be changed', () => {
  expect([distance('docker', 'docker'), distance('dokcer', 'docker'), distance('dock', 'docker'), distance('a', 'docker')]).toEqual([
    0, 1, 2, 3,
  ]);
});
