/** A line at the foot of the page that says what the machine is about when it is not simply running, and what can be done. */
import type { Lab, Notice } from '../../lab/lab.ts';
import type { LabState, StateDetail } from '../../lab/protocol.ts';
import { element } from './element.ts';
import { pageWord, type Word } from './words.ts';

export interface StateAction {
  readonly text: Word;
  readonly does: (lab: Lab) => void;
}

/** What a state has to say. A machine that starts at once says nothing. */
export interface StateLine {
  readonly text: Word;
  readonly actions?: readonly StateAction[];
}

const RESET: StateAction = { text: 'reset', does: (lab) => lab.reset() };

const LINES: Partial<Record<LabState | 'off', StateLine>> = {
  restoring: { text: 'restoring' },
  unsaved: { text: 'unsaved' },
  past: { text: 'past', actions: [{ text: 'backToNow', does: (lab) => lab.peek(null) }] },
  elsewhere: { text: 'elsewhere', actions: [{ text: 'useHere', does: (lab) => lab.takeOver() }] },
  asks: {
    text: 'asks',
    actions: [{ text: 'allButLast', does: (lab) => lab.choose('all-but-last') }, { text: 'all', does: (lab) => lab.choose('all') }, RESET],
  },
  failed: { text: 'failed', actions: [RESET] },
  hung: { text: 'hung', actions: [RESET] },
};

const VISITING: StateLine = { text: 'visiting', actions: [{ text: 'backToMine', does: (lab) => lab.visit(null) }] };
const NOTICES: Readonly<Record<Notice, Word>> = { 'left-out': 'leftOut', snapshot: 'snapshot', 'not-a-journal': 'notAJournal' };

export const stateLine = (state: LabState | 'off'): StateLine | null => LINES[state] ?? null;

/** A journal that plays at once is not worth a word. */
const RESTORING_AFTER_MS = 300;

const button = (text: string, click: () => void): HTMLElement => element('button', { type: 'button', class: 'dd-btn small', click }, text);

/** Shows the line for as long as there is something to say. */
export function showState(lab: Lab): void {
  const text = element('span', {});
  const bar = element('div', { class: 'dd-state-line', role: 'status', 'aria-live': 'polite', hidden: true }, text);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told: string | null = null;
  const put = (words: string, buttons: readonly HTMLElement[]): void => {
    text.textContent = words;
    bar.replaceChildren(text, ...buttons);
    if (!bar.isConnected) document.body.append(bar);
    bar.hidden = false;
  };
  const draw = (line: StateLine, { share, message }: StateDetail): void => {
    const percent = share === undefined ? '' : ` ${Math.round(share * 100)} %`;
    put(
      `${pageWord(line.text)}${percent}`,
      (line.actions ?? []).map((action) => button(pageWord(action.text), () => action.does(lab))),
    );
    bar.title = message ?? '';
  };
  let shown: LabState | 'off' = 'off';
  const tell = (state: LabState | 'off', detail: StateDetail): void => {
    const line = stateLine(state) ?? (lab.isVisiting && lab.isRunning ? VISITING : null);
    if (state !== shown) clearTimeout(timer);
    if (!line && told !== null) put(told, [button(pageWord('dismiss'), dismiss)]);
    else if (!line) bar.hidden = true;
    else if (state !== 'restoring' || !bar.hidden) draw(line, detail);
    else if (state !== shown) timer = setTimeout(() => draw(line, {}), RESTORING_AFTER_MS);
    shown = state;
  };
  const dismiss = (): void => {
    told = null;
    tell(shown, {});
  };
  lab.onState(tell);
  lab.onNotice((notice, detail) => {
    told = `${pageWord(NOTICES[notice])}${notice === 'left-out' ? ` ${detail}` : ''}`;
    tell(shown, {});
  });
}
