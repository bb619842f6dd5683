// What a hand feels of the lab, in Chromium: how soon it is there, how soon something is taken back, whether a picture that is drawn anew jerks.

const RUNS = 5;
const SLOW_DOWN = 4;
/** So far from a terminal's corner it is touched, in pixels. */
const TOUCH_INSIDE = 20;
const COMMANDS = 100;
const CONTAINERS = 50;
/** The followers are there by then. */
const TEND_MS = 5000;
const FRAME_MS = 1000 / 60;
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ms = (value) => `${value.toFixed(0)} ms`;

/** Milliseconds from the first touch to the machine that runs, and from Enter to the first output after that, the page's thread slowed down. */
async function touch(visit) {
  const { context, page } = await visit('engine');
  const place = page.locator('drydock-terminal [data-terminal]').last();
  await place.scrollIntoViewIfNeeded();
  const { x, y } = await place.boundingBox();
  // The page remembers that its machine was used, at the moment it runs. Between the touch and that nothing else is asked of the page:
  // what finds elements and waits for them is a long script, which the slow thread would read first.
  await page.evaluate(() => {
    globalThis.ready = new Promise((resolve) => {
      addEventListener('pointerdown', () => (globalThis.touchedAt ??= performance.now()), { capture: true });
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (...args) {
        if (String(args[0]).startsWith('drydock:used')) resolve(performance.now() - globalThis.touchedAt);
        return setItem.apply(this, args);
      };
    });
  });
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  await page.mouse.click(x + TOUCH_INSIDE, y + TOUCH_INSIDE);
  const ready = await page.evaluate(() => globalThis.ready);
  const lines = page.locator('drydock-terminal .lines').last();
  await lines.getByText('$').first().waitFor();
  const output = await answered(page, 'echo first', '\nfirst');
  await context.close();
  return { ready, output };
}

/** Types a line and presses Enter; milliseconds until `words` stand in the terminal. */
export async function answered(page, line, words) {
  await page.keyboard.type(line);
  return page.evaluate(
    (awaited) =>
      new Promise((resolve) => {
        const lines = [...document.querySelectorAll('drydock-terminal .lines')].at(-1);
        const started = performance.now();
        const text = () => `\n${[...lines.children].map((part) => part.textContent).join('\n')}`;
        new MutationObserver(() => {
          if (text().includes(awaited)) resolve(performance.now() - started);
        }).observe(lines, { childList: true, subtree: true, characterData: true });
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      }),
    words,
  );
}

/** Milliseconds from pressing undo until the last command's output is gone from the terminal. */
const undone = (page, words) =>
  page.evaluate(
    (gone) =>
      new Promise((resolve) => {
        const lines = [...document.querySelectorAll('drydock-terminal .lines')].at(-1);
        const started = performance.now();
        new MutationObserver(() => {
          if (!lines.textContent.includes(gone)) resolve(performance.now() - started);
        }).observe(lines, { childList: true, subtree: true, characterData: true });
        document.querySelector('drydock-timeline [data-undo]').click();
      }),
    words,
  );

async function undo(visit) {
  const { context, page } = await visit('lab');
  await page.locator('drydock-terminal [data-open]').click();
  await page.locator('drydock-terminal .lines').getByText('$').first().waitFor();
  for (let n = 1; n < COMMANDS; n++) await answered(page, `echo done$((${n}))x`, `\ndone${n}x`);
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    await page.locator('drydock-terminal [data-terminal]').click();
    await answered(page, `echo done$((${COMMANDS}))x`, `\ndone${COMMANDS}x`);
    await page.waitForTimeout(TEND_MS);
    times.push(await undone(page, `done${COMMANDS}x`));
    await page.waitForTimeout(TEND_MS);
  }
  await context.close();
  return times;
}

/** The lengths of frames while containers join the network that is drawn, in milliseconds; and of as many frames of a page at rest. */
async function frames(visit) {
  const { context, page } = await visit('bridge');
  // The lesson's picture shows one container's network; here it is all of them.
  await page.evaluate(() => document.querySelector('drydock-network').removeAttribute('data-focus'));
  await page.locator('drydock-terminal [data-terminal]').last().click();
  await page.locator('drydock-terminal .lines').getByText('$').first().waitFor();
  await page.locator('drydock-network').scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    globalThis.lengths = [];
    let last = performance.now();
    const next = (now) => {
      globalThis.lengths.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  const taken = () => page.evaluate(() => globalThis.lengths.splice(0));
  await page.waitForTimeout(2000);
  const rest = await taken();
  const all = `for i in $(seq ${CONTAINERS}); do docker run -d --name c$i alpine sleep 900 >/dev/null; done; echo all$((1))`;
  await answered(page, all, '\nall1');
  const redrawing = await taken();
  await context.close();
  return { rest, redrawing };
}

const share = (lengths) => {
  const long = lengths.filter((length) => length > 1.5 * FRAME_MS).length;
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return `${(lengths.length / (total / 1000)).toFixed(1)} a second, ${long} of ${lengths.length} late, the longest ${ms(Math.max(...lengths))}`;
};

/** Prints a line for each. `visit` opens a lesson in a fresh context. */
export async function benchLab(visit) {
  const touches = [];
  for (let run = 0; run < RUNS; run++) touches.push(await touch(visit));
  const of = (name) => ms(median(touches.map((one) => one[name])));
  console.log(`the lab after the first touch, the page ${SLOW_DOWN} times slower: ready in ${of('ready')}, then output ${of('output')} after Enter (medians of ${RUNS})`);
  const times = await undo(visit);
  console.log(`undo of command ${COMMANDS}: ${ms(median(times))} (median of ${RUNS}; ${times.map(ms).join(', ')})`);
  const { rest, redrawing } = await frames(visit);
  console.log(`frames of a page at rest: ${share(rest)}`);
  console.log(`frames while ${CONTAINERS} containers join a network that is drawn: ${share(redrawing)}`);
}
