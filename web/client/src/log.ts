import type { ConversationId, Entry } from './protocol/frames.js';

const maxEarly = 500;

/**
 * Puts the entries of one conversation into order: takes them as they come, early, twice or not at all, and hands
 * them out consecutively, each once. What came early is held, to a bound: what is dropped is a hole that `history`
 * fills.
 */
export class ConversationLog {
  private readonly early = new Map<number, Entry>();
  /** Whether it is settled which entry comes next. */
  anchored = false;
  /** The last entry handed out, or the one before the first to come. */
  high = 0;
  /** The last entry known to exist. */
  known = 0;

  constructor(readonly id: ConversationId) {}

  get behind(): boolean {
    return this.anchored && this.high < this.known;
  }

  /** Says that `seq + 1` comes next; returns what can be handed out now. */
  anchor(seq: number): Entry[] {
    this.anchored = true;
    this.high = seq;
    this.known = Math.max(this.known, seq);
    for (const early of this.early.keys()) {
      if (early <= seq) {
        this.early.delete(early);
      }
    }
    return this.next();
  }

  exists(seq: number): void {
    this.known = Math.max(this.known, seq);
  }

  /** Nothing after what was handed out can be had. */
  giveUp(): void {
    this.early.clear();
    this.known = this.high;
  }

  offer(entry: Entry): Entry[] {
    this.known = Math.max(this.known, entry.seq);
    if (this.anchored && entry.seq <= this.high) {
      return [];
    }
    this.early.set(entry.seq, entry);
    if (this.early.size > maxEarly) {
      this.early.delete(Math.max(...this.early.keys()));
    }
    return this.anchored ? this.next() : [];
  }

  private next(): Entry[] {
    const next: Entry[] = [];
    for (let entry = this.early.get(this.high + 1); entry; entry = this.early.get(this.high + 1)) {
      this.early.delete(entry.seq);
      this.high = entry.seq;
      next.push(entry);
    }
    return next;
  }

  /** The last entry before the first that came early; what is known if there is none. */
  beforeEarly(): number {
    return this.early.size === 0 ? this.known : Math.min(...this.early.keys()) - 1;
  }
}
