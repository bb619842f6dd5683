/** The line above a lesson's title. */
import type { Language } from '../page/words.ts';

export interface LessonPlace {
  readonly number: number;
  readonly minutes: number;
  readonly total: number;
  readonly language: Language;
}

/** `Lesson 5 of 28`, `12 minutes`. */
export function lessonMeta({ number, minutes, total, language }: LessonPlace): readonly string[] {
  if (language === 'ko') return [`레슨 ${number}/${total}`, `${minutes}분`];
  return [`Lesson ${number} of ${total}`, `${minutes} minutes`];
}
