import { countsAsUnread } from './changes.js';
import type { LocalCopy } from './copy.js';
import type { ConversationId, ConversationItem, Entry } from './protocol/frames.js';

const mostUnread = 1000;
/** How many of a conversation's newest entries are looked at without asking the copy. */
const recentEntries = 300;

/** The list of conversations as the server told it, and what came since. */
export class Catalog {
  private readonly list = new Map<ConversationId, ConversationItem>();
  private readonly recent = new Map<ConversationId, Entry[]>();
  private readonly unsaved = new Set<ConversationId>();
  private me = 0;

  constructor(
    private readonly copy: LocalCopy,
    private readonly changed: (item: ConversationItem) => void,
  ) {}

  load(): void {
    this.list.clear();
    this.recent.clear();
    this.unsaved.clear();
    this.me = this.copy.owner?.user ?? 0;
    for (const item of this.copy.conversations()) {
      this.list.set(item.conversation, item);
      this.changed(item);
    }
  }

  items(): ConversationItem[] {
    return [...this.list.values()];
  }

  has(conversation: ConversationId): boolean {
    return this.list.has(conversation);
  }

  /** What was listed may be older than what came meanwhile and was read here. */
  listed(fresh: ConversationItem): void {
    const before = this.list.get(fresh.conversation);
    let item = fresh;
    for (const later of this.since(fresh.conversation, fresh.lastSeq)) {
      item = this.plus(item, later);
    }
    if (before && before.readSeq > item.readSeq) {
      item = this.readTo(item, before.readSeq);
    }
    this.put(item);
  }

  added(entry: Entry): void {
    const recent = this.recent.get(entry.conversation) ?? [];
    recent.push(entry);
    if (recent.length > 2 * recentEntries) {
      recent.splice(0, recent.length - recentEntries);
    }
    this.recent.set(entry.conversation, recent);
    const item = this.list.get(entry.conversation);
    if (item && entry.seq > item.lastSeq) {
      this.put(this.plus(item, entry));
    }
  }

  private since(conversation: ConversationId, seq: number): Entry[] {
    return (this.recent.get(conversation) ?? []).filter((entry) => entry.seq > seq);
  }

  private plus(item: ConversationItem, entry: Entry): ConversationItem {
    const body = entry.body;
    const news = entry.sender !== this.me && entry.seq > item.readSeq && countsAsUnread(entry);
    const { hidden: _hidden, ...rest } = item;
    return {
      ...rest,
      title: body.kind === 'group' && body.name !== undefined ? body.name : item.title,
      lastSeq: entry.seq,
      unread: Math.min(mostUnread, item.unread + (news ? 1 : 0)),
      mentioned: item.mentioned || (news && body.kind === 'message' && mentions(body.mentions, this.me)),
      last: entry,
    };
  }

  /** A message has another form; a recalled one no longer counts. */
  replaced(old: Entry, now: Entry): void {
    const recent = this.recent.get(now.conversation);
    const at = recent?.findIndex((entry) => entry.seq === now.seq) ?? -1;
    if (recent && at >= 0) {
      recent[at] = now;
    }
    const item = this.list.get(now.conversation);
    if (!item) {
      return;
    }
    const fewer =
      old.sender !== this.me && old.seq > item.readSeq && countsAsUnread(old) && !countsAsUnread(now) ? 1 : 0;
    const last = item.last?.seq === now.seq ? now : item.last;
    const unread = Math.max(0, item.unread - (item.unread < mostUnread ? fewer : 0));
    this.put({ ...item, ...(last ? { last } : {}), unread, mentioned: item.mentioned && unread > 0 });
  }

  /** The user has read up to `seq`, here or on another device. */
  read(conversation: ConversationId, seq: number): void {
    const item = this.list.get(conversation);
    if (item && seq > item.readSeq) {
      this.put(this.readTo(item, Math.min(seq, Math.max(item.lastSeq, item.readSeq))));
    }
  }

  private readTo(item: ConversationItem, seq: number): ConversationItem {
    let unread = item.unread;
    const first = this.recent.get(item.conversation)?.[0];
    if (seq >= item.lastSeq) {
      unread = 0;
    } else if (first && first.seq <= seq + 1) {
      unread = this.since(item.conversation, seq).filter(
        (entry) => entry.sender !== this.me && countsAsUnread(entry),
      ).length;
    }
    return { ...item, readSeq: seq, unread, mentioned: item.mentioned && unread > 0 };
  }

  /** The server's own count. */
  unread(conversation: ConversationId, count: number): void {
    const item = this.list.get(conversation);
    if (item && item.unread !== count) {
      this.put({ ...item, unread: count, mentioned: item.mentioned && count > 0 });
    }
  }

  private put(item: ConversationItem): void {
    if (JSON.stringify(item) !== JSON.stringify(this.list.get(item.conversation))) {
      this.list.set(item.conversation, item);
      this.unsaved.add(item.conversation);
      this.changed(item);
    }
  }

  get hasUnsaved(): boolean {
    return this.unsaved.size > 0;
  }

  save(): void {
    for (const conversation of this.unsaved) {
      const item = this.list.get(conversation);
      if (item) {
        this.copy.put(item);
      }
    }
    this.unsaved.clear();
  }
}

function mentions(of: number[] | 'all' | undefined, user: number): boolean {
  return of === 'all' || (of?.includes(user) ?? false);
}
