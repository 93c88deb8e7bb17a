import type { ConversationItem } from './protocol/frames.js';
import type { Uplink } from './reconnector.js';
import { Refused } from './refused.js';

/** Several reasons to ask usually come together. */
const gatherMs = 100;
const againMs = 500;

/** Fetches the list of conversations that changed, page by page, and again whenever somebody asked meanwhile. */
export class Synchronizer {
  private running = false;
  private wanted = false;
  private generation = 0;
  /** Where the next list continues. */
  since = 0;

  /** @param complete told after each complete list */
  constructor(
    private readonly uplink: Uplink,
    private readonly listed: (item: ConversationItem) => void,
    private readonly complete: () => void,
  ) {}

  disconnected(): void {
    this.generation++;
    this.running = false;
    this.wanted = false;
  }

  /** At once. */
  start(): void {
    if (this.running) {
      this.wanted = true;
    } else {
      this.running = true;
      this.page(undefined);
    }
  }

  /** In a moment. */
  request(): void {
    if (this.running || this.wanted || !this.uplink.online) {
      this.wanted = this.running || this.wanted;
      return;
    }
    this.wanted = true;
    this.later(gatherMs, () => {
      this.wanted = false;
      this.start();
    });
  }

  private page(cursor: string | undefined): void {
    const during = this.generation;
    this.uplink
      .request({ type: 'sync', since: this.since, ...(cursor === undefined ? {} : { cursor }) })
      .then(
        (reply) => {
          if (during !== this.generation || reply.type !== 'conversations') {
            return;
          }
          reply.items.forEach(this.listed);
          if (reply.cursor === undefined) {
            this.finished(reply.syncedAt);
          } else {
            this.page(reply.cursor);
          }
        },
        (error: unknown) => {
          if (during === this.generation && error instanceof Refused) {
            // From the first page: a cursor may be the reason.
            this.later(againMs + error.refusal.retryAfterMs, () => this.page(undefined));
          }
        },
      );
  }

  private finished(syncedAt: number): void {
    this.since = syncedAt;
    this.running = false;
    this.complete();
    if (this.wanted) {
      this.wanted = false;
      this.start();
    }
  }

  private later(ms: number, task: () => void): void {
    const during = this.generation;
    setTimeout(() => during === this.generation && task(), ms);
  }
}
