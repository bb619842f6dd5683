/** A line at the foot of the page that says what the machine is about when it is not simply running, and what can be done. */
import type { Lab } from '../../lab/lab.ts';
import type { LabState, StateDetail } from '../../lab/protocol.ts';
import { element } from './element.ts';
import { pageWord, type Word } from './words.ts';

/** What a state has to say. A machine that starts at once says nothing. */
export interface StateLine {
  readonly text: Word;
  readonly action?: { readonly text: Word; readonly does: 'reset' | 'takeOver' };
}

const LINES: Partial<Record<LabState | 'off', StateLine>> = {
  restoring: { text: 'restoring' },
  unsaved: { text: 'unsaved' },
  elsewhere: { text: 'elsewhere', action: { text: 'useHere', does: 'takeOver' } },
  failed: { text: 'failed', action: { text: 'reset', does: 'reset' } },
  hung: { text: 'hung', action: { text: 'reset', does: 'reset' } },
};

export const stateLine = (state: LabState | 'off'): StateLine | null => LINES[state] ?? null;

/** A journal that plays at once is not worth a word. */
const RESTORING_AFTER_MS = 300;

/** Shows the line for as long as there is something to say. */
export function showState(lab: Lab): void {
  const text = element('span', {});
  const bar = element('div', { class: 'dd-state-line', role: 'status', 'aria-live': 'polite', hidden: true }, text);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = (line: StateLine, { share, message }: StateDetail): void => {
    const percent = share === undefined ? '' : ` ${Math.round(share * 100)} %`;
    text.textContent = `${pageWord(line.text)}${percent}`;
    bar.title = message ?? '';
    const { action } = line;
    const button =
      action && element('button', { type: 'button', class: 'dd-btn small', click: () => lab[action.does]() }, pageWord(action.text));
    bar.replaceChildren(text, ...(button ? [button] : []));
    if (!bar.isConnected) document.body.append(bar);
    bar.hidden = false;
  };
  let shown: LabState | 'off' = 'off';
  lab.onState((state, detail) => {
    const line = stateLine(state);
    if (state !== shown) clearTimeout(timer);
    if (!line) bar.hidden = true;
    else if (state !== 'restoring' || !bar.hidden) draw(line, detail);
    else if (state !== shown) timer = setTimeout(() => draw(line, {}), RESTORING_AFTER_MS);
    shown = state;
  });
}
