import { calls, freshId, type Client, type Page, type SendOptions, type Snapshot } from './client.js';
import type { Listener, ClientEvent } from './events.js';
import type { Content, ConversationId, SentReply } from './protocol/frames.js';
import { Disconnected, Ended, Refused, type Refusal } from './refused.js';

type CallName = (typeof calls)[number];

/** What tabs say to each other. */
type Word =
  | { say: 'lead'; leader: string }
  | { say: 'event'; event: ClientEvent }
  | { say: 'call'; from: string; id: number; name: CallName; args: unknown[] }
  | { say: 'answer'; to: string; id: number; value?: unknown; refusal?: Refusal; failed?: string };

interface Waiting {
  name: CallName;
  args: unknown[];
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The part of the browser's Web Locks that is needed. */
export interface Locks {
  request(name: string, options: { signal: AbortSignal }, held: () => Promise<void>): Promise<unknown>;
}

/** What may be asked twice, because the answer of a tab that died never came. */
const repeatable = new Set<CallName>(['snapshot', 'send', 'before', 'after', 'read', 'watch', 'refresh']);

/**
 * One connection for all tabs: the tab that holds the lock opens the client and serves the others over a
 * BroadcastChannel; when it closes, the next one takes over with the same copy. A message whose answer was lost with a
 * tab is asked for again under the same `clientId`, so it is still sent once.
 */
export class SharedClient implements Client {
  private readonly me = freshId();
  private readonly listeners = new Set<Listener>();
  private readonly waiting = new Map<number, Waiting>();
  private readonly channel: BroadcastChannel;
  private readonly leaving = new AbortController();
  private own: Client | undefined;
  private release: (() => void) | undefined;
  private ids = 0;
  private over = false;

  /** @param name of what is shared, the same in all tabs of one user */
  constructor(
    name: string,
    private readonly open: (listener: Listener) => Promise<Client>,
    locks: Locks = navigator.locks,
  ) {
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = (event: MessageEvent<Word>) => this.heard(event.data);
    locks.request(name, { signal: this.leaving.signal }, () => this.lead()).catch(() => undefined);
  }

  /** Whether this tab has the connection. */
  get leads(): boolean {
    return this.own !== undefined;
  }

  /** With the lock, which is held until the tab closes. */
  private async lead(): Promise<void> {
    if (this.over) {
      return;
    }
    const held = new Promise<void>((resolve) => (this.release = resolve));
    const own = await this.open((event) => {
      this.tell({ say: 'event', event });
      this.listeners.forEach((listener) => listener(event));
    });
    if (this.over) {
      await own.close();
      return;
    }
    this.own = own;
    this.tell({ say: 'lead', leader: this.me });
    this.again();
    await held;
  }

  private tell(word: Word): void {
    if (!this.over) {
      this.channel.postMessage(word);
    }
  }

  private heard(word: Word): void {
    switch (word.say) {
      case 'lead':
        this.again();
        break;
      case 'event':
        this.listeners.forEach((listener) => listener(word.event));
        break;
      case 'call':
        this.serve(word.from, word.id, word.name, word.args);
        break;
      case 'answer':
        if (word.to === this.me) {
          this.answered(word);
        }
        break;
    }
  }

  /** Somebody else leads now, perhaps this tab: what was asked before has nobody to answer it. */
  private again(): void {
    for (const [id, call] of this.waiting) {
      if (repeatable.has(call.name)) {
        this.ask(id, call);
      } else {
        this.waiting.delete(id);
        call.reject(new Disconnected('the tab with the connection closed'));
      }
    }
  }

  private serve(to: string, id: number, name: CallName, args: unknown[]): void {
    if (!this.own || !calls.includes(name)) {
      return;
    }
    perform(this.own, name, args).then(
      (value) => this.tell({ say: 'answer', to, id, value }),
      (error: unknown) =>
        this.tell({
          say: 'answer',
          to,
          id,
          ...(error instanceof Refused ? { refusal: error.refusal } : { failed: String(error) }),
        }),
    );
  }

  private answered(word: Word & { say: 'answer' }): void {
    const call = this.waiting.get(word.id);
    this.waiting.delete(word.id);
    if (word.refusal) {
      call?.reject(new Refused(word.refusal));
    } else if (word.failed !== undefined) {
      call?.reject(new Disconnected(word.failed));
    } else {
      call?.resolve(word.value);
    }
  }

  private call(name: CallName, ...args: unknown[]): Promise<unknown> {
    if (this.over) {
      return Promise.reject(new Ended());
    }
    return new Promise((resolve, reject) => {
      const id = ++this.ids;
      const call = { name, args, resolve, reject };
      this.waiting.set(id, call);
      this.ask(id, call);
    });
  }

  private ask(id: number, call: Waiting): void {
    if (this.own) {
      this.waiting.delete(id);
      perform(this.own, call.name, call.args).then(call.resolve, call.reject);
    } else {
      this.tell({ say: 'call', from: this.me, id, name: call.name, args: call.args });
    }
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  snapshot = () => this.call('snapshot') as Promise<Snapshot>;
  send = (conversation: ConversationId, content: Content, options: SendOptions = {}) =>
    this.call('send', conversation, content, { clientId: freshId(), ...options }) as Promise<SentReply>;
  before = (conversation: ConversationId, seq: number | undefined, limit: number) =>
    this.call('before', conversation, seq, limit) as Promise<Page>;
  after = (conversation: ConversationId, seq: number, limit: number) =>
    this.call('after', conversation, seq, limit) as Promise<Page>;
  read = (conversation: ConversationId, seq: number) => this.call('read', conversation, seq) as Promise<void>;
  typing = (conversation: ConversationId, active: boolean) =>
    this.call('typing', conversation, active) as Promise<void>;
  listened = (conversation: ConversationId, seq: number) =>
    this.call('listened', conversation, seq) as Promise<void>;
  recall = (conversation: ConversationId, seq: number) =>
    this.call('recall', conversation, seq) as Promise<void>;
  edit = (conversation: ConversationId, seq: number, content: Content) =>
    this.call('edit', conversation, seq, content) as Promise<void>;
  react = (conversation: ConversationId, seq: number, emoji: string, active: boolean) =>
    this.call('react', conversation, seq, emoji, active) as Promise<void>;
  watch = (users: number[]) => this.call('watch', users) as Promise<void>;
  refresh = () => this.call('refresh') as Promise<void>;

  async close(): Promise<void> {
    if (this.over) {
      return;
    }
    this.over = true;
    this.leaving.abort();
    for (const call of this.waiting.values()) {
      call.reject(new Ended());
    }
    this.waiting.clear();
    this.channel.close();
    await this.own?.close();
    this.release?.();
  }
}

function perform(client: Client, name: CallName, args: unknown[]): Promise<unknown> {
  return (client[name] as (...given: unknown[]) => Promise<unknown>).apply(client, args);
}
