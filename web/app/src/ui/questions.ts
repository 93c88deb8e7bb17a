import { shallowRef } from 'vue';
import { Refused } from '@magpie/client';
import { i18n } from '../i18n/index.js';

interface Question {
  text: string;
  yes: string;
  danger: boolean;
  answer(yes: boolean): void;
}

export const question = shallowRef<Question>();
export const toast = shallowRef<{ text: string; bad: boolean }>();
let hiding: ReturnType<typeof setTimeout> | undefined;

/** Asks before something that cannot be taken back. */
export function ask(text: string, yes: string, danger = true): Promise<boolean> {
  return new Promise((resolve) => {
    question.value = {
      text,
      yes,
      danger,
      answer(answer) {
        question.value = undefined;
        resolve(answer);
      },
    };
  });
}

export function say(text: string, bad = false): void {
  toast.value = { text, bad };
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.value = undefined), 4_000);
}

/** What went wrong, in words for people. */
export function explain(error: unknown): string {
  const { t } = i18n.global;
  return error instanceof Refused ? t(`error.${error.code}`) : t('error.offline');
}

/** Does something and says so when it does not work. @returns whether it worked */
export async function attempt(task: () => Promise<unknown>): Promise<boolean> {
  try {
    await task();
    return true;
  } catch (error) {
    say(explain(error), true);
    return false;
  }
}
