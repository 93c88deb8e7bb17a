import type { Client, Entry } from '@magpie/client';
import { shallowReactive, shallowRef, triggerRef } from 'vue';

const pageSize = 60;
/** More than this is let go on the far side, so that a day of scrolling costs no more than a minute. */
const mostHeld = 1200;

/**
 * The part of a conversation's log that is on the screen and around it: consecutive entries, extended at both ends as
 * somebody scrolls, moved elsewhere when somebody jumps.
 */
export class MessageWindow {
  readonly entries = shallowRef<Entry[]>([]);
  readonly hasOlder = shallowRef(true);
  readonly hasNewer = shallowRef(false);
  readonly loading = shallowRef(false);
  /** Nothing was ever loaded, not even nothing. */
  readonly fresh = shallowRef(true);
  /** Whether something could not be asked for. */
  readonly incomplete = shallowRef(false);
  /** Reactions seen: of a message, who uses which emoji. */
  readonly reactions = shallowReactive(new Map<number, Map<string, Set<number>>>());
  /** Changes with every move elsewhere; what was loaded for an earlier one does not count. */
  private move = 0;

  constructor(
    private readonly client: Client,
    readonly conversation: string,
  ) {}

  get low(): number {
    return this.entries.value[0]?.seq ?? 0;
  }

  get high(): number {
    return this.entries.value[this.entries.value.length - 1]?.seq ?? 0;
  }

  get(seq: number): Entry | undefined {
    return this.entries.value[seq - this.low];
  }

  added(entry: Entry): void {
    this.react(entry);
    if (this.fresh.value || this.hasNewer.value) {
      return;
    }
    if (entry.seq === this.high + 1 || this.entries.value.length === 0) {
      this.entries.value.push(entry);
      triggerRef(this.entries);
    } else if (entry.seq > this.high) {
      this.hasNewer.value = true;
    }
  }

  skipped(to: number): void {
    if (!this.fresh.value && to > this.high) {
      this.hasNewer.value = true;
    }
  }

  changed(entry: Entry): void {
    const at = entry.seq - this.low;
    if (this.entries.value[at]?.seq === entry.seq) {
      this.entries.value[at] = entry;
      triggerRef(this.entries);
    }
  }

  private react(entry: Entry): void {
    const body = entry.body;
    if (body.kind !== 'reaction') {
      return;
    }
    const emojis = new Map(this.reactions.get(body.target));
    const users = new Set(emojis.get(body.emoji));
    if (body.active) {
      users.add(entry.sender);
    } else {
      users.delete(entry.sender);
    }
    if (users.size > 0) {
      emojis.set(body.emoji, users);
    } else {
      emojis.delete(body.emoji);
    }
    this.reactions.set(body.target, emojis);
  }

  /** After a time without connection. */
  async catchUp(): Promise<void> {
    if (this.fresh.value || (this.entries.value.length === 0 && this.incomplete.value)) {
      await this.toEnd();
    }
  }

  async toEnd(): Promise<void> {
    const page = await this.moving(() => this.client.before(this.conversation, undefined, pageSize));
    if (page) {
      this.place(page.entries, page.more, false);
      this.incomplete.value = !page.complete;
    }
  }

  /** So that the entry and what is around it can be seen. */
  async jumpTo(seq: number): Promise<void> {
    if (this.entries.value.length > 0 && seq >= this.low && seq <= this.high) {
      return;
    }
    const pages = await this.moving(() =>
      Promise.all([
        this.client.before(this.conversation, seq, pageSize / 2),
        this.client.after(this.conversation, seq - 1, pageSize / 2),
      ]),
    );
    if (pages && pages[1].entries.length > 0) {
      this.place([...pages[0].entries, ...pages[1].entries], pages[0].more, pages[1].more);
    }
  }

  /** The first entry at or after a time, found by halving. */
  async seqAt(time: number, first: number, last: number): Promise<number> {
    let low = Math.max(1, first);
    let high = last;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const { entries } = await this.client.after(this.conversation, middle - 1, 1);
      const entry = entries[0];
      if (entry && entry.sentAt < time) {
        low = Math.max(middle, entry.seq) + 1;
      } else {
        high = middle;
      }
    }
    return Math.min(low, last);
  }

  private async moving<T>(load: () => Promise<T>): Promise<T | undefined> {
    const move = ++this.move;
    this.loading.value = true;
    try {
      const loaded = await load();
      return move === this.move ? loaded : undefined;
    } finally {
      if (move === this.move) {
        this.loading.value = false;
      }
    }
  }

  private place(entries: Entry[], older: boolean, newer: boolean): void {
    entries.forEach((entry) => this.react(entry));
    this.hasOlder.value = older;
    this.hasNewer.value = newer;
    this.fresh.value = false;
    this.entries.value = entries;
  }

  /** @returns whether something came */
  async loadOlder(): Promise<boolean> {
    if (this.loading.value || !this.hasOlder.value || this.fresh.value) {
      return false;
    }
    const page = await this.moving(() =>
      this.client.before(this.conversation, this.low || undefined, pageSize),
    );
    if (!page) {
      return false;
    }
    this.hasOlder.value = page.more;
    this.incomplete.value = !page.complete;
    this.prepend(page.entries.filter((entry) => entry.seq < this.low));
    return page.entries.length > 0;
  }

  private prepend(older: Entry[]): void {
    if (older.length > 0) {
      // Reactions are read again from the start, since a later one counts more.
      older.forEach((entry) => this.react(entry));
      this.entries.value.forEach((entry) => this.react(entry));
      this.entries.value = [...older, ...this.entries.value];
    }
  }

  async loadNewer(): Promise<boolean> {
    if (this.loading.value || !this.hasNewer.value || this.fresh.value) {
      return false;
    }
    const page = await this.moving(() => this.client.after(this.conversation, this.high, pageSize));
    if (!page?.complete) {
      return false;
    }
    this.hasNewer.value = page.more;
    const newer = page.entries.filter((entry) => entry.seq > this.high);
    newer.forEach((entry) => this.react(entry));
    this.entries.value = [...this.entries.value, ...newer];
    return newer.length > 0;
  }

  /** Lets go of what is far above, while the newest are looked at. */
  trimOlder(): boolean {
    const surplus = this.entries.value.length - mostHeld;
    if (surplus <= pageSize) {
      return false;
    }
    this.hasOlder.value = true;
    this.entries.value = this.entries.value.slice(surplus);
    return true;
  }

  /** Lets go of what is far below, while old ones are looked at. */
  trimNewer(): boolean {
    if (this.entries.value.length - mostHeld <= pageSize) {
      return false;
    }
    this.hasNewer.value = true;
    this.entries.value = this.entries.value.slice(0, mostHeld);
    return true;
  }
}
