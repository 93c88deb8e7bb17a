import { MagpieHttp, Refused } from '@magpie/client';
import { computed, shallowRef } from 'vue';
import { Chat } from './chat.js';
import { thisDevice } from './device.js';
import { stored } from './stored.js';

interface Login {
  token: string;
  user: number;
  username: string;
}

const kept = stored<Login | undefined>('login', undefined);

/** Who is signed in, and the chat that goes with it. */
export class Session {
  private readonly login = shallowRef<Login>();
  readonly chat = shallowRef<Chat>();
  /** Why the last session ended, if it did not end here. */
  readonly ended = shallowRef<string>();
  readonly signedIn = computed(() => this.chat.value !== undefined);

  constructor() {
    const login = kept.get();
    if (login) {
      this.enter(login);
    }
    // Signed in or out in another tab.
    window.addEventListener('storage', (event) => {
      if (event.key === 'magpie.login') {
        location.reload();
      }
    });
  }

  async signIn(username: string, password: string): Promise<void> {
    const http = new MagpieHttp('');
    const { token, userId } = await http.logIn(username, password, thisDevice());
    const login = { token, user: userId, username };
    kept.set(login);
    this.enter(login);
  }

  async register(username: string, password: string, nickname: string): Promise<void> {
    await new MagpieHttp('').register(username, password, nickname);
    await this.signIn(username, password);
  }

  private enter(login: Login): void {
    this.ended.value = undefined;
    this.login.value = login;
    this.chat.value = new Chat(login.user, login.token, (cause) => void this.leave(cause));
    void this.chat.value.start();
  }

  async signOut(): Promise<void> {
    const chat = this.chat.value;
    try {
      await chat?.http.logOut();
    } catch (error) {
      if (error instanceof Refused && error.code !== 'unauthenticated') {
        throw error;
      }
    }
    await this.leave(undefined);
  }

  private async leave(cause: string | undefined): Promise<void> {
    const chat = this.chat.value;
    const login = this.login.value;
    kept.remove();
    this.chat.value = undefined;
    this.login.value = undefined;
    this.ended.value = cause;
    await chat?.close();
    if (login) {
      forget(login.user);
    }
  }
}

/** On a shared computer the next person finds nothing of the one before. */
function forget(user: number): void {
  indexedDB.deleteDatabase(`magpie.${user}`);
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`magpie.${user}.`)) {
      localStorage.removeItem(key);
    }
  }
}
