import type { ConversationId, ConversationItem, Entry, SendRequest } from './protocol/frames.js';

/** A message on its way. `at` is when it was written here. */
export type Outgoing = Omit<SendRequest, 'type' | 'id'> & { at: number };

/** What must reach the server sooner or later. */
export type Queued =
  { id: string; send: Outgoing } | { id: string; read: { conversation: ConversationId; seq: number } };

export interface Owner {
  user: number;
  /** Of the server's history that this is a copy of. */
  epoch: string;
}

/** Held are the entries `low` to `high`; none of them if `low` is `high + 1`. */
export interface Span {
  low: number;
  high: number;
}

/**
 * What a device holds: of each conversation one unbroken run of newest entries, the list of conversations, and what
 * must reach the server sooner or later. What is small is here at once, entries are read when asked for. Changes are
 * visible at once; a durable copy writes them behind, in order, those of one turn together.
 */
export interface LocalCopy {
  /** Before anything else. */
  load(): Promise<void>;
  readonly owner: Owner | undefined;
  /** Where the next `sync` continues; 0 at first. */
  readonly syncedAt: number;
  /** Drops everything and begins anew; what is queued stays, unless the user is another one. */
  begin(owner: Owner): void;
  synced(at: number): void;
  conversations(): ConversationItem[];
  put(item: ConversationItem): void;
  held(conversation: ConversationId): Span | undefined;
  /** Consecutive entries, continuing what is held. Older ones are dropped when a bound is reached. */
  append(conversation: ConversationId, entries: Entry[]): void;
  /** An entry has another form now; ignored if it is not held. */
  replace(entry: Entry): void;
  /** Forgets the entries of a conversation: the next one will be `seq + 1`. */
  restart(conversation: ConversationId, seq: number): void;
  /** Those held of `from` to `to`, ascending. */
  entries(conversation: ConversationId, from: number, to: number): Promise<Entry[]>;
  /** In the order of queueing. */
  queue(): Queued[];
  queued(request: Queued): void;
  answered(id: string): void;
  /** What was changed until now is written. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** A copy that lives as long as its client. */
export class MemoryCopy implements LocalCopy {
  owner: Owner | undefined;
  syncedAt = 0;
  protected readonly items = new Map<ConversationId, ConversationItem>();
  protected readonly waiting = new Map<string, Queued>();
  protected readonly spans = new Map<ConversationId, Span>();
  private readonly logs = new Map<ConversationId, Map<number, Entry>>();

  /** @param keep how many of the newest entries of a conversation are surely held; never more than twice as many */
  constructor(protected readonly keep = 200) {}

  load(): Promise<void> {
    return Promise.resolve();
  }

  begin(owner: Owner): void {
    if (this.owner && this.owner.user !== owner.user) {
      this.waiting.clear();
    }
    this.owner = owner;
    this.syncedAt = 0;
    this.items.clear();
    this.spans.clear();
    this.logs.clear();
  }

  synced(at: number): void {
    this.syncedAt = at;
  }

  conversations(): ConversationItem[] {
    return [...this.items.values()];
  }

  put(item: ConversationItem): void {
    this.items.set(item.conversation, item);
  }

  held(conversation: ConversationId): Span | undefined {
    return this.spans.get(conversation);
  }

  append(conversation: ConversationId, entries: Entry[]): void {
    const first = entries[0];
    if (!first) {
      return;
    }
    const span = this.spans.get(conversation) ?? { low: first.seq, high: first.seq - 1 };
    for (const entry of entries) {
      if (entry.seq !== span.high + 1) {
        throw new RangeError(`${conversation} seq: ${entry.seq} (expected: ${span.high + 1})`);
      }
      span.high = entry.seq;
    }
    this.keepEntries(conversation, entries);
    if (span.high - span.low + 1 >= 2 * this.keep) {
      const low = span.high - this.keep + 1;
      this.dropEntries(conversation, span.low, low - 1);
      span.low = low;
    }
    this.spans.set(conversation, span);
  }

  replace(entry: Entry): void {
    const span = this.spans.get(entry.conversation);
    if (span && entry.seq >= span.low && entry.seq <= span.high) {
      this.keepEntries(entry.conversation, [entry]);
    }
  }

  restart(conversation: ConversationId, seq: number): void {
    const span = this.spans.get(conversation);
    if (span) {
      this.dropEntries(conversation, span.low, span.high);
    }
    this.spans.set(conversation, { low: seq + 1, high: seq });
  }

  protected keepEntries(conversation: ConversationId, entries: Entry[]): void {
    let log = this.logs.get(conversation);
    if (!log) {
      log = new Map();
      this.logs.set(conversation, log);
    }
    for (const entry of entries) {
      log.set(entry.seq, entry);
    }
  }

  protected dropEntries(conversation: ConversationId, from: number, to: number): void {
    const log = this.logs.get(conversation);
    for (let seq = from; seq <= to; seq++) {
      log?.delete(seq);
    }
  }

  entries(conversation: ConversationId, from: number, to: number): Promise<Entry[]> {
    const span = this.spans.get(conversation);
    const log = this.logs.get(conversation);
    const found: Entry[] = [];
    if (span && log) {
      for (let seq = Math.max(from, span.low); seq <= Math.min(to, span.high); seq++) {
        const entry = log.get(seq);
        if (entry) {
          found.push(entry);
        }
      }
    }
    return Promise.resolve(found);
  }

  queue(): Queued[] {
    return [...this.waiting.values()];
  }

  queued(request: Queued): void {
    this.waiting.set(request.id, request);
  }

  answered(id: string): void {
    this.waiting.delete(id);
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
