import { Connection, type Ask, type ConnectionOwner } from './connection.js';
import type { ConnectionState, EndCause } from './events.js';
import type { ByePush, Push, Reply, WelcomeReply } from './protocol/frames.js';
import { Disconnected, Refused, type Refusal } from './refused.js';
import type { Settings } from './settings.js';

export interface ReconnectorOwner {
  changed(state: ConnectionState): void;
  welcomed(welcome: WelcomeReply): void;
  pushed(push: Push): void;
  disconnected(): void;
  ended(): void;
}

/** Where requests go; fails at once while there is no greeted connection. */
export interface Uplink {
  readonly online: boolean;
  request(ask: Ask): Promise<Reply>;
  tell(ask: Ask): void;
}

/** A connection that lasted this long was a good one: the next loss is the first again. */
const steadyMs = 10_000;

/** Keeps a greeted connection: opens it, and after a loss the next one, later and later, never all at once. */
export class Reconnector implements Uplink, ConnectionOwner {
  private connection: Connection | undefined;
  private greeted = false;
  private over = false;
  private failures = 0;
  private greetedAt = 0;
  private bye: ByePush | undefined;
  private refusal: Refusal | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly owner: ReconnectorOwner,
  ) {}

  connect(): void {
    clearTimeout(this.waiting);
    if (this.over || this.connection) {
      return;
    }
    const next = new Connection(this, this.settings);
    this.connection = next;
    const moved = this.bye?.url;
    this.bye = undefined;
    this.refusal = undefined;
    this.owner.changed({ is: 'connecting', attempt: this.failures });
    (moved ? Promise.resolve(moved) : this.settings.address()).then(
      (url) => next.connect(url),
      (error: unknown) => next.drop(`no address: ${String(error)}`),
    );
  }

  opened(opened: Connection): void {
    opened.request({ type: 'hello', token: this.settings.token, device: this.settings.device }).then(
      (reply) => {
        if (reply.type !== 'welcome') {
          opened.drop('hello: unexpected answer');
        } else if (opened === this.connection) {
          this.greeted = true;
          this.greetedAt = Date.now();
          opened.keepAlive(reply.heartbeatMs);
          this.owner.welcomed(reply);
        }
      },
      (error: unknown) => {
        if (error instanceof Refused && opened === this.connection) {
          this.refusal = error.refusal;
          opened.drop(`refused: ${error.message}`);
        }
      },
    );
  }

  pushed(from: Connection, push: Push): void {
    if (from !== this.connection) {
      return;
    }
    if (push.type === 'bye') {
      this.bye = push;
    } else if (this.greeted) {
      this.owner.pushed(push);
    }
  }

  ended(ended: Connection, why: string): void {
    if (ended !== this.connection) {
      return;
    }
    this.connection = undefined;
    const wasGreeted = this.greeted;
    this.greeted = false;
    if (wasGreeted) {
      this.owner.disconnected();
    }
    if (this.over) {
      return;
    }
    const cause = this.lastCause();
    if (cause) {
      this.end(cause, why);
      return;
    }
    this.failures = wasGreeted && Date.now() - this.greetedAt >= steadyMs ? 0 : this.failures + 1;
    const delay = this.delay();
    this.owner.changed({ is: 'waiting', reason: why, retryAt: Date.now() + delay });
    this.waiting = setTimeout(() => this.connect(), delay);
  }

  private lastCause(): EndCause | undefined {
    if (this.refusal?.code === 'unauthenticated') {
      return 'unauthenticated';
    }
    const reason = this.bye?.reason;
    return reason === 'logged-out' || reason === 'replaced' ? reason : undefined;
  }

  private delay(): number {
    const asked = Math.max(this.bye?.reconnectAfterMs ?? 0, this.refusal?.retryAfterMs ?? 0);
    const spread = Math.min(
      this.settings.backoffMaxMs,
      this.settings.backoffFirstMs * 2 ** Math.min(this.failures, 20),
    );
    return asked + Math.random() * spread;
  }

  private end(cause: EndCause, message: string): void {
    this.over = true;
    clearTimeout(this.waiting);
    this.owner.changed({ is: 'ended', cause, message });
    this.owner.ended();
  }

  close(): void {
    if (this.over) {
      return;
    }
    this.over = true;
    clearTimeout(this.waiting);
    this.connection?.close();
    this.owner.changed({ is: 'ended', cause: 'closed', message: 'closed' });
    this.owner.ended();
  }

  /** The network or the machine is back: do not sit out a wait, and find out whether a connection still lives. */
  wake(): void {
    if (this.connection) {
      this.connection.probe();
    } else {
      this.connect();
    }
  }

  /** There is no network: what the connection waits for will not come. */
  lost(): void {
    this.connection?.drop('offline');
  }

  get online(): boolean {
    return this.greeted;
  }

  request(ask: Ask): Promise<Reply> {
    return this.greeted && this.connection
      ? this.connection.request(ask)
      : Promise.reject(new Disconnected('not connected'));
  }

  tell(ask: Ask): void {
    if (this.greeted) {
      this.connection?.tell(ask);
    }
  }
}
