import type { LocalCopy, Outgoing } from './copy.js';
import type { ConversationId, SentReply } from './protocol/frames.js';
import type { Uplink } from './reconnector.js';
import { Ended, Refused, type Refusal } from './refused.js';
import type { Settings } from './settings.js';

export interface OutboxOwner {
  queued(message: Outgoing): void;
  sent(message: Outgoing, sent: SentReply): void;
  failed(message: Outgoing, refusal: Refusal): void;
}

interface Waiting {
  message: Outgoing;
  resolve(sent: SentReply): void;
  reject(error: Error): void;
  attempts: number;
  internalErrors: number;
}

interface Line {
  waiting: Waiting[];
  busy: boolean;
}

const internalErrorsBorne = 5;

/**
 * Messages on their way: of each conversation one at a time, in the order they were written, repeated with the same
 * `clientId` until the server has answered for good.
 */
export class Outbox {
  private readonly lines = new Map<ConversationId, Line>();
  private size = 0;
  private generation = 0;
  private ended = false;

  constructor(
    private readonly uplink: Uplink,
    private readonly copy: LocalCopy,
    private readonly settings: Settings,
    private readonly owner: OutboxOwner,
  ) {}

  /** Takes over what an earlier run left. */
  load(): void {
    for (const queued of this.copy.queue()) {
      if ('send' in queued) {
        const nobody = () => undefined;
        this.line(queued.send).waiting.push(waiting(queued.send, nobody, nobody));
        this.size++;
        this.owner.queued(queued.send);
      }
    }
  }

  messages(): Outgoing[] {
    return [...this.lines.values()].flatMap((line) => line.waiting.map((one) => one.message));
  }

  /** Another user's messages must not be sent as this one's. */
  drop(): void {
    const dropped = [...this.lines.values()].flatMap((line) => line.waiting);
    this.lines.clear();
    this.size = 0;
    dropped.forEach((one) => one.reject(new Ended()));
  }

  /** A message that waits already is not queued again: both callers hear of its end. */
  send(message: Outgoing): Promise<SentReply> {
    return new Promise((resolve, reject) => {
      if (this.ended) {
        reject(new Ended());
        return;
      }
      const same = this.lines
        .get(message.conversation)
        ?.waiting.find((one) => one.message.clientId === message.clientId);
      if (same) {
        join(same, resolve, reject);
        return;
      }
      const one = waiting(message, resolve, reject);
      if (this.size >= this.settings.outboxLimit) {
        const full = `outbox: ${this.size} messages waiting (expected: fewer)`;
        this.refuse(one, { code: 'rate-limited', message: full, retryAfterMs: 0 });
        return;
      }
      this.copy.queued({ id: message.clientId, send: message });
      this.size++;
      const line = this.line(message);
      line.waiting.push(one);
      this.owner.queued(message);
      this.advance(line);
    });
  }

  private line(message: Outgoing): Line {
    let line = this.lines.get(message.conversation);
    if (!line) {
      line = { waiting: [], busy: false };
      this.lines.set(message.conversation, line);
    }
    return line;
  }

  connected(): void {
    for (const line of [...this.lines.values()]) {
      this.advance(line);
    }
  }

  disconnected(): void {
    this.generation++;
    for (const line of this.lines.values()) {
      line.busy = false;
    }
  }

  end(): void {
    this.ended = true;
    for (const line of this.lines.values()) {
      line.waiting.forEach((one) => one.reject(new Ended()));
    }
  }

  private advance(line: Line): void {
    const first = line.waiting[0];
    if (!first || line.busy || !this.uplink.online) {
      return;
    }
    line.busy = true;
    const during = this.generation;
    const { at: _at, ...message } = first.message;
    this.uplink.request({ type: 'send', ...message }).then(
      (reply) => {
        if (during === this.generation && reply.type === 'sent') {
          this.settle(line, first);
          this.owner.sent(first.message, reply);
          first.resolve(reply);
          this.next(line, first);
        }
      },
      (error: unknown) => {
        // Anything but a refusal is the end of the connection: the next one repeats the message.
        if (during === this.generation && error instanceof Refused) {
          this.refused(line, first, error.refusal);
        }
      },
    );
  }

  private refused(line: Line, first: Waiting, refusal: Refusal): void {
    const again =
      ['unavailable', 'rate-limited', 'unauthenticated'].includes(refusal.code) ||
      (refusal.code === 'internal' && ++first.internalErrors < internalErrorsBorne);
    if (!again) {
      this.settle(line, first);
      this.refuse(first, refusal);
      this.next(line, first);
      return;
    }
    const { backoffFirstMs, backoffMaxMs } = this.settings;
    const backoff = Math.min(backoffMaxMs, backoffFirstMs * 2 ** Math.min(first.attempts++, 20));
    const during = this.generation;
    setTimeout(
      () => {
        if (during === this.generation) {
          line.busy = false;
          this.advance(line);
        }
      },
      refusal.retryAfterMs + Math.random() * backoff,
    );
  }

  private refuse(one: Waiting, refusal: Refusal): void {
    this.owner.failed(one.message, refusal);
    one.reject(new Refused(refusal));
  }

  private settle(line: Line, first: Waiting): void {
    line.waiting.splice(line.waiting.indexOf(first), 1);
    this.size--;
    this.copy.answered(first.message.clientId);
  }

  private next(line: Line, answered: Waiting): void {
    line.busy = false;
    if (line.waiting.length > 0) {
      this.advance(line);
    } else if (this.lines.get(answered.message.conversation) === line) {
      this.lines.delete(answered.message.conversation);
    }
  }
}

function waiting(message: Outgoing, resolve: Waiting['resolve'], reject: Waiting['reject']): Waiting {
  return { message, resolve, reject, attempts: 0, internalErrors: 0 };
}

function join(same: Waiting, resolve: Waiting['resolve'], reject: Waiting['reject']): void {
  const first = { resolve: same.resolve, reject: same.reject };
  same.resolve = (sent) => {
    first.resolve(sent);
    resolve(sent);
  };
  same.reject = (error) => {
    first.reject(error);
    reject(error);
  };
}
