import { inject, type InjectionKey } from 'vue';
import type { Chat } from './chat.js';
import type { Session } from './session.js';

export const sessionKey: InjectionKey<Session> = Symbol('session');
export const chatKey: InjectionKey<Chat> = Symbol('chat');

function provided<T>(key: InjectionKey<T>): T {
  const value = inject(key);
  if (value === undefined) {
    throw new Error(`${String(key.description)} is not provided`);
  }
  return value;
}

export const useSession = (): Session => provided(sessionKey);
export const useChat = (): Chat => provided(chatKey);
