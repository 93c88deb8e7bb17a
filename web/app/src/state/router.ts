import { computed, shallowRef } from 'vue';
import { soughtMessage } from './shown.js';

/** Where in the app somebody is: the part after `#`. The browser's own back and forward work. */
const path = shallowRef(location.hash.slice(1) || '/');

window.addEventListener('hashchange', () => (path.value = location.hash.slice(1) || '/'));

export const route = computed(() => {
  const [, place = '', ...rest] = path.value.split('/').map(decodeURIComponent);
  return { place: place || 'chats', conversation: place === 'c' ? rest[0] : undefined, part: rest[0] };
});

export function go(to: string): void {
  location.hash = to;
}

export function openConversation(conversation: string): void {
  go(`/c/${encodeURIComponent(conversation)}`);
}

export function openMessage(conversation: string, seq: number): void {
  soughtMessage.value = { conversation, seq };
  openConversation(conversation);
}
