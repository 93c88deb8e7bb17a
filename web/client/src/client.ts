import { MemoryCopy, type LocalCopy, type Outgoing } from './copy.js';
import type { Ask } from './connection.js';
import { Engine } from './engine.js';
import type { ConnectionState, Listener } from './events.js';
import type {
  Content,
  ConversationId,
  ConversationItem,
  Entry,
  Mentions,
  Reply,
  SentReply,
} from './protocol/frames.js';
import { Disconnected, Refused } from './refused.js';
import { withDefaults, type Needed } from './settings.js';

/** A part of a conversation's log, ascending. */
export interface Page {
  entries: Entry[];
  /** Whether there is more beyond it. */
  more: boolean;
  /** False if the server could not be asked for what is missing. */
  complete: boolean;
}

/** What a client knows now. */
export interface Snapshot {
  /** 0 before the first connection. */
  me: number;
  state: ConnectionState;
  items: ConversationItem[];
  outbox: Outgoing[];
}

export interface SendOptions {
  replyTo?: number | undefined;
  mentions?: Mentions | undefined;
  /** Unique per conversation; a fresh one if left out. */
  clientId?: string;
}

/** What every client can do, whether it owns the connection or shares that of another tab. */
export interface Client {
  /** Told in order; returns how to stop. */
  listen(listener: Listener): () => void;
  snapshot(): Promise<Snapshot>;
  /** Resolves when the message is durable; rejects with `Refused`, or `Ended` if the client ends first. */
  send(conversation: ConversationId, content: Content, options?: SendOptions): Promise<SentReply>;
  /** The newest entries before `seq`, from the copy or the server; without `seq` the newest of all. */
  before(conversation: ConversationId, seq: number | undefined, limit: number): Promise<Page>;
  /** The oldest entries after `seq`. */
  after(conversation: ConversationId, seq: number, limit: number): Promise<Page>;
  /** The user has read up to `seq`. Kept until the server knows. */
  read(conversation: ConversationId, seq: number): Promise<void>;
  /** Lost if offline. */
  typing(conversation: ConversationId, active: boolean): Promise<void>;
  listened(conversation: ConversationId, seq: number): Promise<void>;
  /** These fail if offline. */
  recall(conversation: ConversationId, seq: number): Promise<void>;
  edit(conversation: ConversationId, seq: number, content: Content): Promise<void>;
  react(conversation: ConversationId, seq: number, emoji: string, active: boolean): Promise<void>;
  /** Whose presence the listeners are told, from now on and over reconnects. */
  watch(users: number[]): Promise<void>;
  /** Asks for the list of conversations again. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** The names of what can be called from another tab. */
export const calls = [
  'snapshot', 'send', 'before', 'after', 'read', 'typing', 'listened', 'recall', 'edit', 'react', 'watch', 'refresh',
] as const; // prettier-ignore

export function freshId(): string {
  return crypto.randomUUID().replaceAll('-', '');
}

/**
 * A client with a connection of its own. What it promises: a message given to `send` is sent once and in order, also
 * over reconnects and, with a durable copy, over restarts; listeners hear the entries of a conversation consecutively,
 * each once.
 */
export class MagpieClient implements Client {
  private readonly listeners = new Set<Listener>();
  private readonly engine: Engine;
  private readonly stopWatching: () => void;

  private constructor(
    settings: Needed,
    private readonly copy: LocalCopy,
    listener: Listener | undefined,
  ) {
    if (listener) {
      this.listeners.add(listener);
    }
    this.engine = new Engine(withDefaults(settings), copy, (event) => {
      for (const told of [...this.listeners]) {
        try {
          told(event);
        } catch (error) {
          // A faulty listener must not stop the others.
          reportError(error);
        }
      }
    });
    this.stopWatching = watchMachine(this.engine);
  }

  /** Begins to connect. The copy is this client's alone, which closes it. */
  static async open(
    settings: Needed,
    copy: LocalCopy = new MemoryCopy(),
    listener?: Listener,
  ): Promise<MagpieClient> {
    await copy.load();
    const client = new MagpieClient(settings, copy, listener);
    client.engine.start();
    return client;
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  snapshot(): Promise<Snapshot> {
    return Promise.resolve({
      me: this.copy.owner?.user ?? 0,
      state: this.engine.state,
      items: this.engine.catalog.items(),
      outbox: this.engine.outbox.messages(),
    });
  }

  send(conversation: ConversationId, content: Content, options: SendOptions = {}): Promise<SentReply> {
    const { replyTo, mentions, clientId = freshId() } = options;
    return this.engine.outbox.send({
      conversation,
      clientId,
      content,
      ...(replyTo ? { replyTo } : {}),
      ...(mentions && mentions.length > 0 ? { mentions } : {}),
      at: Date.now(),
    });
  }

  async before(conversation: ConversationId, seq: number | undefined, limit: number): Promise<Page> {
    const held = this.copy.held(conversation);
    const before = seq ?? (held ? held.high + 1 : Number.MAX_SAFE_INTEGER);
    const within = held && before > held.low && before <= held.high + 1;
    const near = within
      ? await this.copy.entries(conversation, Math.max(held.low, before - limit), before - 1)
      : [];
    const from = near[0]?.seq ?? before;
    const missing = limit - near.length;
    if (missing <= 0 || from <= 1) {
      return { entries: near, more: from > 1, complete: true };
    }
    try {
      const older = await this.history({ conversation, before: from, limit: missing });
      return { entries: [...older.entries, ...near], more: older.more, complete: true };
    } catch (error) {
      return { entries: near, more: error instanceof Disconnected, complete: saysThereIsNone(error) };
    }
  }

  async after(conversation: ConversationId, seq: number, limit: number): Promise<Page> {
    const held = this.copy.held(conversation);
    if (held && seq + 1 >= held.low) {
      const entries = await this.copy.entries(conversation, seq + 1, seq + limit);
      if (entries.length > 0 || seq >= held.high) {
        return { entries, more: seq + limit < held.high, complete: true };
      }
    }
    try {
      return { ...(await this.history({ conversation, after: seq, limit })), complete: true };
    } catch (error) {
      return { entries: [], more: error instanceof Disconnected, complete: saysThereIsNone(error) };
    }
  }

  private async history(of: {
    conversation: ConversationId;
    after?: number;
    before?: number;
    limit: number;
  }): Promise<{ entries: Entry[]; more: boolean }> {
    const reply = await this.request({ type: 'history', ...of });
    if (reply.type !== 'entries') {
      throw new Disconnected('history: unexpected answer');
    }
    return { entries: reply.entries, more: reply.more };
  }

  read(conversation: ConversationId, seq: number): Promise<void> {
    this.engine.read(conversation, seq);
    return Promise.resolve();
  }

  typing(conversation: ConversationId, active: boolean): Promise<void> {
    this.engine.reconnector.tell({ type: 'typing', conversation, active });
    return Promise.resolve();
  }

  listened(conversation: ConversationId, seq: number): Promise<void> {
    this.engine.reconnector.tell({ type: 'listened', conversation, seq });
    return Promise.resolve();
  }

  recall(conversation: ConversationId, seq: number): Promise<void> {
    return this.recorded(conversation, { type: 'recall', conversation, seq });
  }

  edit(conversation: ConversationId, seq: number, content: Content): Promise<void> {
    return this.recorded(conversation, { type: 'edit', conversation, seq, content });
  }

  react(conversation: ConversationId, seq: number, emoji: string, active: boolean): Promise<void> {
    return this.recorded(conversation, { type: 'react', conversation, seq, emoji, active });
  }

  private async recorded(conversation: ConversationId, ask: Ask): Promise<void> {
    const reply = await this.request(ask);
    if ('seq' in reply) {
      this.engine.exists(conversation, reply.seq as number);
    }
  }

  watch(users: number[]): Promise<void> {
    this.engine.watch(users);
    return Promise.resolve();
  }

  refresh(): Promise<void> {
    this.engine.refresh();
    return Promise.resolve();
  }

  /** Any request, as it is; fails if offline. */
  request(ask: Ask): Promise<Reply> {
    return this.engine.reconnector.request(ask);
  }

  async close(): Promise<void> {
    this.stopWatching();
    this.engine.reconnector.close();
    await this.copy.close();
  }
}

/** Follows the browser: network gone or back, the page visible again, the machine awake. */
function watchMachine(engine: Engine): () => void {
  if (typeof window === 'undefined') {
    return () => undefined;
  }
  const wake = () => engine.reconnector.wake();
  const lost = () => engine.reconnector.lost();
  const visible = () => document.visibilityState === 'visible' && wake();
  window.addEventListener('online', wake);
  window.addEventListener('offline', lost);
  window.addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', visible);
  return () => {
    window.removeEventListener('online', wake);
    window.removeEventListener('offline', lost);
    window.removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', visible);
  };
}

/** Nobody wrote to this conversation yet, or not to this user. */
function saysThereIsNone(error: unknown): boolean {
  return error instanceof Refused && (error.code === 'not-found' || error.code === 'not-member');
}
