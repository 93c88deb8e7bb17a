import type { LocalCopy } from './copy.js';
import type { ConversationId } from './protocol/frames.js';
import type { Uplink } from './reconnector.js';
import { Refused } from './refused.js';

const gatherMs = 200;
const remembered = 1000;

/**
 * Tells the server how far this device holds and the user has read each conversation. `received` is gathered for a
 * moment and told without an answer; what the last connection told is told again, since nobody knows what of it
 * arrived. `read` is repeated until answered, also by a later run.
 */
export class Cursors {
  private readonly receivedUpTo = new Map<ConversationId, number>();
  private readonly told = new Map<ConversationId, number>();
  private readonly readUpTo = new Map<ConversationId, number>();
  private armed = false;

  /** @param unread the server's count after a `read` */
  constructor(
    private readonly uplink: Uplink,
    private readonly copy: LocalCopy,
    private readonly unread: (conversation: ConversationId, count: number) => void,
  ) {}

  load(): void {
    for (const queued of this.copy.queue()) {
      if ('read' in queued) {
        raise(this.readUpTo, queued.read.conversation, queued.read.seq);
      }
    }
  }

  clear(): void {
    this.receivedUpTo.clear();
    this.told.clear();
    for (const conversation of this.readUpTo.keys()) {
      this.copy.answered(idOf(conversation));
    }
    this.readUpTo.clear();
  }

  received(conversation: ConversationId, seq: number): void {
    raise(this.receivedUpTo, conversation, seq);
    this.arm();
  }

  private arm(): void {
    if (!this.armed && this.uplink.online) {
      this.armed = true;
      setTimeout(() => this.tell(), gatherMs);
    }
  }

  private tell(): void {
    this.armed = false;
    if (!this.uplink.online) {
      return;
    }
    for (const [conversation, seq] of this.receivedUpTo) {
      this.uplink.tell({ type: 'received', conversation, seq });
      this.told.set(conversation, seq);
    }
    this.receivedUpTo.clear();
    if (this.told.size > remembered) {
      this.told.clear();
    }
  }

  read(conversation: ConversationId, seq: number): void {
    if ((this.readUpTo.get(conversation) ?? -1) >= seq) {
      return;
    }
    this.readUpTo.set(conversation, seq);
    this.copy.queued({ id: idOf(conversation), read: { conversation, seq } });
    this.ask(conversation, seq);
  }

  private ask(conversation: ConversationId, seq: number): void {
    this.uplink.request({ type: 'read', conversation, seq }).then(
      (reply) => {
        if (this.settled(conversation, seq) && 'unread' in reply) {
          this.unread(conversation, reply.unread as number);
        }
      },
      (error: unknown) => {
        // Otherwise the next connection asks again.
        if (error instanceof Refused && error.code !== 'unavailable' && error.code !== 'rate-limited') {
          this.settled(conversation, seq);
        }
      },
    );
  }

  private settled(conversation: ConversationId, seq: number): boolean {
    if (this.readUpTo.get(conversation) !== seq) {
      return false;
    }
    this.readUpTo.delete(conversation);
    this.copy.answered(idOf(conversation));
    return true;
  }

  connected(): void {
    for (const [conversation, seq] of this.told) {
      raise(this.receivedUpTo, conversation, seq);
    }
    this.told.clear();
    if (this.receivedUpTo.size > 0) {
      this.arm();
    }
    for (const [conversation, seq] of this.readUpTo) {
      this.ask(conversation, seq);
    }
  }
}

function idOf(conversation: ConversationId): string {
  return `read ${conversation}`;
}

function raise(map: Map<ConversationId, number>, conversation: ConversationId, seq: number): void {
  map.set(conversation, Math.max(seq, map.get(conversation) ?? 0));
}
