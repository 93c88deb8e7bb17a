import type { LocalCopy } from './copy.js';
import { ConversationLog } from './log.js';
import type { ConversationId, ConversationItem, Entry } from './protocol/frames.js';
import type { Settings } from './settings.js';

export interface LogsOwner {
  /** Consecutive entries, continuing the log. */
  added(conversation: ConversationId, entries: Entry[]): void;
  /** The entries `from` to `to` will not come. */
  skipped(conversation: ConversationId, from: number, to: number): void;
  /** A conversation nobody has told about yet. */
  unknown(): void;
}

/** The logs of all conversations: takes entries from wherever they come, and hands them out in order. */
export class Logs {
  private readonly logs = new Map<ConversationId, ConversationLog>();

  constructor(
    private readonly catchUp: Settings['catchUp'],
    private readonly copy: LocalCopy,
    private readonly owner: LogsOwner,
  ) {}

  log(conversation: ConversationId): ConversationLog {
    let log = this.logs.get(conversation);
    if (!log) {
      log = new ConversationLog(conversation);
      const held = this.copy.held(conversation);
      if (held) {
        log.anchor(held.high);
      }
      this.logs.set(conversation, log);
    }
    return log;
  }

  /** Those of which more is known to exist than is held. */
  behind(): ConversationLog[] {
    return [...this.logs.values()].filter((log) => log.behind);
  }

  clear(): void {
    this.logs.clear();
  }

  /** @returns whether a hole is open afterwards */
  offer(entry: Entry): boolean {
    const log = this.log(entry.conversation);
    if (!log.anchored) {
      this.owner.unknown();
      if (this.catchUp === 'recent') {
        log.anchor(entry.seq - 1);
      }
    }
    this.hand(log, log.offer(entry));
    return log.behind;
  }

  /** What the server's list says of a conversation. @returns whether something is missing */
  listed(item: ConversationItem): boolean {
    const log = this.log(item.conversation);
    const last = item.last;
    if (!log.anchored) {
      const before = this.catchUp === 'all' ? item.firstSeq - 1 : last ? last.seq - 1 : item.lastSeq;
      this.hand(log, log.anchor(Math.max(0, before)));
    } else if (item.firstSeq > log.high + 1 && item.lastSeq >= item.firstSeq) {
      this.skipTo(log, item.firstSeq - 1);
    }
    log.exists(item.lastSeq);
    if (last && last.seq === log.high + 1) {
      this.hand(log, log.offer(last));
    }
    return log.behind;
  }

  /** Says that nothing between what is held and `seq` can be had. */
  skipTo(log: ConversationLog, seq: number): void {
    const from = log.high + 1;
    if (seq >= from) {
      this.copy.restart(log.id, seq);
      this.owner.skipped(log.id, from, seq);
      this.hand(log, log.anchor(seq));
    }
  }

  hand(log: ConversationLog, entries: Entry[]): void {
    if (entries.length > 0) {
      this.copy.append(log.id, entries);
      this.owner.added(log.id, entries);
    }
  }
}
