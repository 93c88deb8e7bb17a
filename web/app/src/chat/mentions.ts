import type { Mentions } from '@magpie/client';
import { computed, nextTick, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { i18n } from '../i18n/index.js';
import type { Chat } from '../state/chat.js';

/** Somebody who can be called; 0 is everybody. */
interface Callable {
  user: number;
  name: string;
}

/** Whom a text calls with `@`, and the choice while somebody writes it. Only groups have somebody to call. */
export function useMentions(
  chat: Chat,
  group: number | undefined,
  text: Ref<string>,
  field: Readonly<ShallowRef<HTMLTextAreaElement | undefined>>,
) {
  const called = shallowRef(new Map<string, number | 'all'>());
  const mention = shallowRef<{ from: number; wanted: string }>();
  const chosen = ref(0);

  const callable = computed<Callable[]>(() => {
    const at = mention.value;
    if (!at || group === undefined) {
      return [];
    }
    const wanted = at.wanted.toLocaleLowerCase();
    const members = [...(chat.people.members.get(group)?.keys() ?? [])].filter((user) => user !== chat.me);
    return [
      { user: 0, name: i18n.global.t('composer.everybody') },
      ...members.map((user) => ({ user, name: chat.people.name(user, group) })),
    ]
      .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
      .slice(0, 8);
  });

  function findMention(): void {
    const until = field.value?.selectionStart ?? 0;
    const match =
      group === undefined ? null : /(?:^|[\s，。])@([^\s@]{0,30})$/u.exec(text.value.slice(0, until));
    mention.value = match ? { from: until - (match[1] ?? '').length, wanted: match[1] ?? '' } : undefined;
    chosen.value = 0;
  }

  function dropMention(): void {
    mention.value = undefined;
  }

  async function call(one: Callable): Promise<void> {
    const at = mention.value;
    if (!at) {
      return;
    }
    called.value.set(one.name, one.user === 0 ? 'all' : one.user);
    text.value = `${text.value.slice(0, at.from)}${one.name} ${text.value.slice(at.from + at.wanted.length)}`;
    mention.value = undefined;
    await nextTick();
    const end = at.from + one.name.length + 1;
    field.value?.focus();
    field.value?.setSelectionRange(end, end);
    mention.value = undefined;
  }

  function mentionsIn(said: string): Mentions | undefined {
    const users = [...called.value].filter(([name]) => said.includes(`@${name}`)).map(([, user]) => user);
    if (users.includes('all')) {
      return 'all';
    }
    const numbers = users.filter((user): user is number => user !== 'all');
    return numbers.length > 0 ? numbers : undefined;
  }

  return { called, callable, chosen, findMention, dropMention, call, mentionsIn };
}
