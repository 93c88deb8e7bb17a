import type { ConversationLog } from './log.js';
import type { Logs } from './logs.js';
import type { Entry } from './protocol/frames.js';
import type { Uplink } from './reconnector.js';
import { Refused } from './refused.js';
import type { Settings } from './settings.js';

const atOnce = 4;
const emptyAnswersBelieved = 3;
/** A hole may be only a push overtaken by another one. */
const graceMs = 100;
const againMs = 500;

/** Fetches what logs are behind, a few conversations at a time, page by page. */
export class Follower {
  private readonly waiting = new Set<ConversationLog>();
  private fetching = 0;
  /** Of connections; what an earlier one started must not count for this one. */
  private generation = 0;

  /** @param told whenever nothing is behind any more */
  constructor(
    private readonly uplink: Uplink,
    private readonly logs: Logs,
    private readonly settings: Settings,
    private readonly told: () => void,
  ) {}

  get idle(): boolean {
    return this.fetching === 0 && this.waiting.size === 0;
  }

  /** A push left a hole. */
  soon(log: ConversationLog): void {
    this.later(graceMs, () => this.now(log));
  }

  now(log: ConversationLog): void {
    if (log.behind && !this.waiting.has(log)) {
      this.waiting.add(log);
      this.next();
    }
  }

  disconnected(): void {
    this.generation++;
    this.waiting.clear();
    this.fetching = 0;
  }

  private next(): void {
    for (const log of this.waiting) {
      if (!this.uplink.online || this.fetching >= atOnce) {
        break;
      }
      this.waiting.delete(log);
      if (log.behind) {
        this.fetching++;
        this.fetch(log, 0);
      }
    }
    if (this.idle) {
      this.told();
    }
  }

  private fetch(log: ConversationLog, emptyAnswers: number): void {
    const jump = this.settings.catchUp === 'recent' && log.known - log.high > this.settings.recent;
    const range = jump ? { before: log.known + 1, limit: 50 } : { after: log.high, limit: 200 };
    const during = this.generation;
    this.uplink.request({ type: 'history', conversation: log.id, ...range }).then(
      (reply) => {
        if (during === this.generation && reply.type === 'entries') {
          this.took(log, reply.entries, emptyAnswers);
        }
      },
      (error: unknown) => {
        if (during === this.generation) {
          this.failed(log, error, emptyAnswers);
        }
      },
    );
  }

  private took(log: ConversationLog, entries: Entry[], emptyAnswers: number): void {
    const first = entries[0];
    if (first) {
      // The server has nothing visible before the first of them.
      this.logs.skipTo(log, first.seq - 1);
      for (const entry of entries) {
        this.logs.hand(log, log.offer(entry));
      }
    } else if (emptyAnswers + 1 >= emptyAnswersBelieved) {
      this.logs.skipTo(log, log.beforeEarly());
    } else if (log.behind) {
      this.later(againMs, () => this.fetch(log, emptyAnswers + 1));
      return;
    }
    if (log.behind) {
      this.fetch(log, 0);
    } else {
      this.done();
    }
  }

  private failed(log: ConversationLog, error: unknown, emptyAnswers: number): void {
    if (!(error instanceof Refused)) {
      this.done();
    } else if (['unavailable', 'rate-limited', 'internal'].includes(error.code)) {
      this.later(againMs + error.refusal.retryAfterMs, () => this.fetch(log, emptyAnswers));
    } else {
      log.giveUp();
      this.done();
    }
  }

  private later(ms: number, task: () => void): void {
    const during = this.generation;
    setTimeout(() => during === this.generation && task(), ms);
  }

  private done(): void {
    this.fetching--;
    this.next();
  }
}
