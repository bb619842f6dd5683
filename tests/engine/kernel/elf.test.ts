import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyForeign, makeExecutable, readExecutable } from '../../../src/engine/kernel/elf.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const isLinuxAmd64 = process.platform === 'linux' && process.arch === 'x64';

function runForReal(file: Uint8Array): { status: number | null; stderr: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-elf-'));
  try {
    const name = path.join(folder, 'program');
    writeFileSync(name, file, { mode: 0o755 });
    const { status, stderr } = spawnSync(name, ['an', 'argument'], { encoding: 'utf8' });
    return { status, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('an executable of ours', () => {
  it('carries its note, machine and interpreter', () => {
    expect(readExecutable(makeExecutable('gnu:ls'))).toEqual({ kind: 'program', note: 'gnu:ls', machine: 'amd64' });
    const dynamic = makeExecutable('dash', { interpreter: '/lib/ld-linux-aarch64.so.1', machine: 'arm64' });
    expect(readExecutable(dynamic)).toEqual({ kind: 'program', note: 'dash', machine: 'arm64', interpreter: '/lib/ld-linux-aarch64.so.1' });
  });

  it('is the same bytes each time and small', () => {
    expect(makeExecutable('nginx')).toEqual(makeExecutable('nginx'));
    expect(makeExecutable('nginx').length).toBeLessThan(512);
  });

  it.runIf(isLinuxAmd64)('says one sentence and exits with 126 on a real Linux', () => {
    const { status, stderr } = runForReal(makeExecutable('busybox'));
    expect(stderr).toMatch(/^This is a program of Drydock; [^\n]+\n$/);
    expect(status).toBe(126);
  });

  it.runIf(isLinuxAmd64)('can be the interpreter of another one', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'drydock-elf-'));
    const loader = path.join(folder, 'ld.so');
    writeFileSync(loader, makeExecutable('ld.so'), { mode: 0o755 });
    expect(runForReal(makeExecutable('gnu:ls', { interpreter: loader })).status).toBe(126);
    rmSync(folder, { recursive: true });
  });

  it.runIf(isLinuxAmd64 && existsSync('/usr/bin/readelf'))('is valid to readelf, for both machines', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'drydock-elf-'));
    for (const machine of ['amd64', 'arm64'] as const) {
      const file = path.join(folder, machine);
      writeFileSync(file, makeExecutable('busybox', { machine }));
      expect(execFileSync('readelf', ['-hlnW', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })).toContain('Drydock');
    }
    rmSync(folder, { recursive: true });
  });
});

describe('what a file is to execve', () => {
  it('reads the line of a script as Linux does', () => {
    expect(readExecutable(text('#!/bin/sh\necho hi\n'))).toEqual({ kind: 'script', interpreter: '/bin/sh' });
    expect(readExecutable(text('#! /usr/bin/env -S node  --x \n'))).toEqual({
      kind: 'script',
      interpreter: '/usr/bin/env',
      argument: '-S node  --x',
    });
    expect(readExecutable(text('#!\n'))).toBeNull();
  });

  it('takes a text without #!, an empty file and noise for nothing that runs', () => {
    expect(readExecutable(text('echo hi\n'))).toBeNull();
    expect(readExecutable(new Uint8Array())).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        readExecutable(noise);
        readExecutable(Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, ...noise]));
      }),
    );
  });

  it('survives every cut of a valid file', () => {
    const whole = makeExecutable('gnu:ls', { interpreter: '/lib64/ld-linux-x86-64.so.2' });
    for (let length = 0; length < whole.length; length += 1) readExecutable(whole.subarray(0, length));
  });

  it.runIf(isLinuxAmd64 && existsSync('/bin/busybox'))('knows a real busybox', () => {
    const real = readFileSync('/bin/busybox');
    expect(readExecutable(real)).toMatchObject({ kind: 'elf', machine: 'amd64' });
    expect(identifyForeign(real)).toBe('busybox');
    expect(identifyForeign(text('not busybox'))).toBeUndefined();
  });
});
