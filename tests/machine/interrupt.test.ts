/** A loop that never waits is interrupted like anything else, and nothing beside it loses its time. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Machine } from '../../src/engine/machine/types.ts';
import { command, computer, lastStatus, ms, openTerminal, PROMPT, pass, type Terminal } from './computer.ts';

const LOOP = 'while :; do :; done';
/** As process 1, which no signal ends that it does not catch. */
const DEAF = `trap "" INT; ${LOOP}`;
const INTERRUPTED = 130;

describe('an endless loop', () => {
  let machine: Machine;
  let terminal: Terminal;
  beforeEach(async () => {
    machine = await computer({ images: ['alpine'] });
    terminal = openTerminal(machine);
    await terminal.until('$ ');
  });

  /** Types a line that never ends by itself, and ^C after two seconds. */
  async function interrupted(line: string): Promise<string> {
    const mark = terminal.text().length;
    terminal.type(`${line}\r`);
    await pass(machine, 2000);
    expect(terminal.text(mark)).not.toMatch(PROMPT);
    const typedAt = machine.now();
    terminal.interrupt();
    const shown = await terminal.until(PROMPT, { mark, longestMs: 1000 });
    expect(machine.now() - typedAt).toBeLessThan(ms(100));
    return shown;
  }

  it("is stopped by ^C at the host's prompt", async () => {
    const shown = await interrupted(LOOP);
    expect(shown).toContain('^C');
    expect(lastStatus(shown)).toBe(INTERRUPTED);
    expect(await command(terminal, 'echo still here')).toContain('still here\r\n');
  });

  it('is stopped by ^C in a pipe', async () => {
    expect(lastStatus(await interrupted(`${LOOP} | cat`))).toBe(INTERRUPTED);
    expect(lastStatus(await interrupted(`echo x | ${LOOP}`))).toBe(INTERRUPTED);
    expect(await command(terminal, 'ps -e -o comm= | grep -c -e sh -e cat')).toMatch(/\r\n\d+\r\n/);
  });

  it("is stopped by ^C at a container's prompt, which comes back", async () => {
    const inside = await command(terminal, 'docker run -it --rm alpine sh', '/ # ');
    expect(inside).toContain('/ # ');
    const mark = terminal.text().length;
    terminal.type(`${LOOP}\r`);
    await pass(machine, 2000);
    terminal.interrupt();
    await terminal.until(/\^C[\s\S]*\/ # /, { mark, longestMs: 1000 });
    await command(terminal, 'echo status $?', 'status 130\r\n');
    expect(lastStatus(await command(terminal, 'exit 7'))).toBe(7);
  });

  it('ends with a container whose shell runs it, with and without a terminal there', async () => {
    for (const options of ['', '-it'])
      expect(lastStatus(await interrupted(`docker run --rm ${options} alpine sh -c '${LOOP}'`))).toBe(INTERRUPTED);
  });

  it('that is deaf to ^C as process 1 goes on; the third one lets the client go, and the container runs on', async () => {
    const mark = terminal.text().length;
    terminal.type(`docker run --name busy alpine sh -c '${DEAF}'\r`);
    await pass(machine, 2000);
    for (let presses = 0; presses < 2; presses += 1) {
      terminal.interrupt();
      await pass(machine, 300);
      expect(terminal.text(mark)).not.toMatch(PROMPT);
    }
    terminal.interrupt();
    const shown = await terminal.until(PROMPT, { mark, longestMs: 1000 });
    expect(shown).toContain('got 3 SIGTERM/SIGINTs, forcefully exiting');
    expect(lastStatus(shown)).toBe(1);
    expect(await command(terminal, "docker ps --format '{{.Names}} {{.State}}'")).toContain('busy running\r\n');
  });

  it('that is deaf to ^C at a terminal is killed from outside', async () => {
    const mark = terminal.text().length;
    terminal.type(`docker run -it --name busy alpine sh -c '${DEAF}'\r`);
    await pass(machine, 2000);
    for (let presses = 0; presses < 5; presses += 1) terminal.interrupt();
    await pass(machine, 500);
    expect(terminal.text(mark)).not.toMatch(PROMPT);
    const other = openTerminal(machine, 2);
    await other.until('$ ');
    await command(other, 'docker kill busy');
    expect(lastStatus(await terminal.until(PROMPT, { mark, longestMs: 2000 }))).toBe(137);
  });

  it('is killed by `docker stop -t 1` after one virtual second, with 137', async () => {
    await command(terminal, `docker run -d --name busy alpine sh -c '${LOOP}'`);
    await pass(machine, 500);
    const before = machine.now();
    await command(terminal, 'docker stop -t 1 busy', 'busy\r\n\x1b]133');
    const took = machine.now() - before;
    expect(took).toBeGreaterThanOrEqual(ms(1000));
    expect(took).toBeLessThan(ms(1150));
    expect(await command(terminal, "docker inspect -f '{{.State.ExitCode}}' busy")).toContain('137\r\n');
  });
});

describe('beside an endless loop', () => {
  it('a timer keeps its schedule', async () => {
    const machine = await computer();
    const terminal = openTerminal(machine);
    await terminal.until('$ ');
    terminal.type('for i in 1 2 3 4 5; do sleep 0.5; echo tick $i; done &\r');
    await pass(machine, 100);
    const begun = machine.now();
    const first = terminal.pieces.length;
    terminal.type(`${LOOP}\r`);
    await pass(machine, 3000);
    const ticks = terminal.pieces.slice(first).filter(({ text }) => text.includes('tick'));
    expect(ticks.map(({ text }) => text.trim())).toEqual(['tick 1', 'tick 2', 'tick 3', 'tick 4', 'tick 5']);
    for (const [index, { atNs }] of ticks.entries()) {
      expect(atNs - begun).toBeGreaterThan(ms(500 * index + 390));
      expect(atNs - begun).toBeLessThan(ms(500 * (index + 1) + 100));
    }
    terminal.interrupt();
    await pass(machine, 100);
    expect(lastStatus(terminal.text())).toBe(INTERRUPTED);
  });

  it('a health check keeps its schedule, in the same container and in another', async () => {
    const machine = await computer({ images: ['alpine'] });
    const terminal = openTerminal(machine);
    await terminal.until('$ ');
    await command(terminal, `docker run -d --name ill --health-cmd 'echo seen' --health-interval 2s alpine sh -c '${LOOP}'`);
    await command(terminal, "docker run -d --name well --health-cmd 'echo seen' --health-interval 2s alpine sleep 100");
    const mark = terminal.text().length;
    terminal.type(`${LOOP}\r`);
    await pass(machine, 9000);
    terminal.interrupt();
    await terminal.until(PROMPT, { mark, longestMs: 200 });
    for (const name of ['ill', 'well']) {
      const shown = await command(terminal, `docker inspect -f '{{range .State.Health.Log}}{{json .Start}} {{end}}' ${name}`);
      const starts = [...shown.replaceAll('\r\n', '').matchAll(/"(2026-[^"]+)"/g)].map(([, text]) => Date.parse(text ?? ''));
      expect(starts.length, shown).toBeGreaterThanOrEqual(4);
      for (const [index, start] of starts.entries()) {
        if (index === 0) continue;
        expect(start - (starts[index - 1] ?? 0)).toBeGreaterThanOrEqual(2000);
        expect(start - (starts[index - 1] ?? 0)).toBeLessThan(2200);
      }
    }
  });
});
