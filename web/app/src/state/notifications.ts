import type { ConversationItem, Entry } from '@magpie/client';
import { shallowRef } from 'vue';
import type { Chat } from './chat.js';
import { groupOf } from './ids.js';
import { openConversation, route } from './router.js';
import { stored } from './stored.js';
import { entryLine } from './summary.js';

const kept = stored('notifications', false);

export const notifications = shallowRef(kept.get() && allowed());

function allowed(): boolean {
  return 'Notification' in window && Notification.permission === 'granted';
}

/** @returns whether notifications are as wished */
export async function setNotifications(on: boolean): Promise<boolean> {
  if (on && !allowed() && 'Notification' in window) {
    await Notification.requestPermission();
  }
  notifications.value = on && allowed();
  kept.set(notifications.value);
  return notifications.value === on;
}

/** Tells of an entry unless somebody looks at it or does not want to hear. Only the tab with the connection tells. */
export function notifyOf(chat: Chat, entry: Entry, item: ConversationItem | undefined): void {
  const body = entry.body;
  const called =
    body.kind === 'message' && (body.mentions === 'all' || (body.mentions?.includes(chat.me) ?? false));
  const looking = document.visibilityState === 'visible' && route.value.conversation === entry.conversation;
  const counts = (body.kind === 'message' && body.content !== undefined) || body.kind === 'notice';
  const old = Date.now() - entry.sentAt > 60_000;
  if (!notifications.value || !chat.client.leads || !counts || looking || old || (item?.muted && !called)) {
    return;
  }
  const group = groupOf(entry.conversation);
  const line = entryLine(chat, entry);
  const text = group === undefined ? line : `${chat.people.name(entry.sender, group)}: ${line}`;
  const title = item ? chat.title(item) : chat.people.name(entry.sender);
  const shown = new Notification(title, { body: text, tag: entry.conversation, icon: './icon-192.png' });
  shown.onclick = () => {
    window.focus();
    openConversation(entry.conversation);
    shown.close();
  };
}
