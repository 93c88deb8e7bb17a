import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { MemoryCopy, type Owner, type Queued, type Span } from './copy.js';
import type { ConversationId, ConversationItem, Entry } from './protocol/frames.js';

interface Schema extends DBSchema {
  meta: { key: 'owner' | 'syncedAt'; value: Owner | number };
  items: { key: string; value: ConversationItem };
  spans: { key: string; value: Span };
  entries: { key: [string, number]; value: Entry };
  queue: { key: string; value: Queued & { place: number } };
}

type Store = 'meta' | 'items' | 'spans' | 'entries' | 'queue';
type Writing = IDBPTransaction<Schema, Store[], 'readwrite'>;
type Change = (tx: Writing) => Promise<unknown>;

const stores: Store[] = ['meta', 'items', 'spans', 'entries', 'queue'];

/**
 * A copy in the browser's database. Changes of one turn are one transaction, so a tab that dies leaves a state that
 * once was. Where the browser gives no database, or no more room, the copy goes on without: what is small stays in
 * memory, entries are asked for again, and a later run continues from the last state that was written.
 */
export class IndexedDbCopy extends MemoryCopy {
  private db: IDBPDatabase<Schema> | undefined;
  private changes: Change[] = [];
  private writing: Promise<void> = Promise.resolve();
  private scheduled = false;
  private places = 0;

  constructor(
    private readonly name: string,
    keep = 500,
  ) {
    super(keep);
  }

  override async load(): Promise<void> {
    const db = await this.open().catch(() => undefined);
    if (!db) {
      return;
    }
    this.db = db;
    await this.read(db);
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    return openDB<Schema>(this.name, 1, {
      upgrade(created) {
        created.createObjectStore('meta');
        created.createObjectStore('items', { keyPath: 'conversation' });
        created.createObjectStore('spans');
        created.createObjectStore('entries', { keyPath: ['conversation', 'seq'] });
        created.createObjectStore('queue', { keyPath: 'id' });
      },
      blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
    });
  }

  private async read(db: IDBPDatabase<Schema>): Promise<void> {
    const tx = db.transaction(stores);
    this.owner = (await tx.objectStore('meta').get('owner')) as Owner | undefined;
    this.syncedAt = ((await tx.objectStore('meta').get('syncedAt')) as number | undefined) ?? 0;
    for (const item of await tx.objectStore('items').getAll()) {
      this.items.set(item.conversation, item);
    }
    const [keys, spans] = await Promise.all([
      tx.objectStore('spans').getAllKeys(),
      tx.objectStore('spans').getAll(),
    ]);
    keys.forEach((key, i) => this.spans.set(key, spans[i] as Span));
    const queue = await tx.objectStore('queue').getAll();
    queue.sort((a, b) => a.place - b.place);
    for (const request of queue) {
      this.places = request.place;
      this.waiting.set(request.id, request);
    }
  }

  private change(change: Change): void {
    this.changes.push(change);
    if (!this.scheduled) {
      this.scheduled = true;
      queueMicrotask(() => void this.flush());
    }
  }

  override flush(): Promise<void> {
    this.scheduled = false;
    const changes = this.changes;
    this.changes = [];
    const db = this.db;
    if (changes.length > 0 && db) {
      this.writing = this.writing.then(() => write(db, changes)).catch(() => this.giveUp(db));
    }
    return this.writing;
  }

  /** A state with a hole must not be written over one without. */
  private giveUp(db: IDBPDatabase<Schema>): void {
    db.close();
    this.db = undefined;
  }

  override begin(owner: Owner): void {
    const other = this.owner && this.owner.user !== owner.user;
    super.begin(owner);
    this.change(async (tx) => {
      const dropped: Store[] = ['items', 'spans', 'entries', ...(other ? (['queue'] as const) : [])];
      await Promise.all(dropped.map((store) => tx.objectStore(store).clear()));
      await tx.objectStore('meta').put(owner, 'owner');
      await tx.objectStore('meta').put(0, 'syncedAt');
    });
  }

  override synced(at: number): void {
    super.synced(at);
    this.change((tx) => tx.objectStore('meta').put(at, 'syncedAt'));
  }

  override put(item: ConversationItem): void {
    super.put(item);
    this.change((tx) => tx.objectStore('items').put(item));
  }

  override append(conversation: ConversationId, entries: Entry[]): void {
    super.append(conversation, entries);
    this.keepSpan(conversation);
  }

  override restart(conversation: ConversationId, seq: number): void {
    super.restart(conversation, seq);
    this.keepSpan(conversation);
  }

  private keepSpan(conversation: ConversationId): void {
    const span = this.spans.get(conversation);
    if (span) {
      const now = { ...span };
      this.change((tx) => tx.objectStore('spans').put(now, conversation));
    }
  }

  protected override keepEntries(_conversation: ConversationId, entries: Entry[]): void {
    this.change((tx) => Promise.all(entries.map((entry) => tx.objectStore('entries').put(entry))));
  }

  protected override dropEntries(conversation: ConversationId, from: number, to: number): void {
    if (from <= to) {
      this.change((tx) =>
        tx.objectStore('entries').delete(IDBKeyRange.bound([conversation, from], [conversation, to])),
      );
    }
  }

  override async entries(conversation: ConversationId, from: number, to: number): Promise<Entry[]> {
    if (!this.db || from > to) {
      return [];
    }
    await this.flush();
    return this.db.getAll('entries', IDBKeyRange.bound([conversation, from], [conversation, to]));
  }

  override queued(request: Queued): void {
    super.queued(request);
    const placed = { ...request, place: ++this.places };
    this.change((tx) => tx.objectStore('queue').put(placed));
  }

  override answered(id: string): void {
    super.answered(id);
    this.change((tx) => tx.objectStore('queue').delete(id));
  }

  override async close(): Promise<void> {
    await this.flush();
    this.db?.close();
    this.db = undefined;
  }
}

async function write(db: IDBPDatabase<Schema>, changes: Change[]): Promise<void> {
  const tx = db.transaction(stores, 'readwrite');
  await Promise.all([...changes.map((change) => change(tx)), tx.done]);
}
