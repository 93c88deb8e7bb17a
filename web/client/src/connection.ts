import type { Push, Reply, Request } from './protocol/frames.js';
import { Disconnected, Refused, refusal } from './refused.js';
import type { Settings, Socket } from './settings.js';

/** A request without what the connection adds. */
export type Ask = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

export interface ConnectionOwner {
  opened(connection: Connection): void;
  pushed(connection: Connection, push: Push): void;
  /** Once, and nothing after it. */
  ended(connection: Connection, why: string): void;
}

interface Pending {
  resolve(reply: Reply): void;
  reject(error: Error): void;
  deadline: number;
}

const pushes = new Set(['entry', 'read', 'delivered', 'listened', 'typing', 'presence', 'lagging', 'bye']);

/**
 * One connection from opening to its end: matches answers with requests, keeps the session alive, and drops a
 * connection on which an answer is overdue.
 */
export class Connection {
  private readonly pending = new Map<string, Pending>();
  private socket: Socket | undefined;
  private ids = 0;
  private lastSent = 0;
  private over = false;
  private open = false;
  private watching: ReturnType<typeof setTimeout> | undefined;
  private beating: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly owner: ConnectionOwner,
    private readonly settings: Settings,
  ) {}

  connect(url: string): void {
    if (this.over) {
      return;
    }
    let socket: Socket;
    try {
      socket = new this.settings.socket(url, ['magpie.v1.json']);
    } catch (error) {
      this.end(`no connection: ${String(error)}`);
      return;
    }
    this.socket = socket;
    socket.addEventListener('open', () => {
      if (!this.over) {
        this.open = true;
        this.owner.opened(this);
      }
    });
    socket.addEventListener('message', (event) => {
      if (typeof event.data === 'string' && !this.over) {
        this.frame(event.data);
      }
    });
    socket.addEventListener('error', () => this.drop('connection lost'));
    socket.addEventListener('close', () => this.end('connection closed'));
    // An address that swallows packets never answers.
    this.watching = setTimeout(() => this.watch(), this.settings.answerWithinMs);
  }

  private frame(text: string): void {
    let frame: { type?: string; id?: string };
    try {
      frame = JSON.parse(text) as typeof frame;
    } catch {
      return;
    }
    if (frame.id !== undefined) {
      this.answered(frame.id, frame as Reply);
    } else if (frame.type !== undefined && pushes.has(frame.type)) {
      this.owner.pushed(this, frame as Push);
    }
  }

  private answered(id: string, reply: Reply): void {
    const waiting = this.pending.get(id);
    if (!waiting) {
      return;
    }
    this.pending.delete(id);
    if (reply.type === 'error') {
      waiting.reject(new Refused(refusal(reply)));
    } else {
      waiting.resolve(reply);
    }
  }

  request(ask: Ask): Promise<Reply> {
    const to = this.socket;
    if (this.over || !this.open || !to) {
      return Promise.reject(new Disconnected('not connected'));
    }
    const id = String(++this.ids);
    const answer = new Promise<Reply>((resolve, reject) => {
      this.pending.set(id, { resolve, reject, deadline: Date.now() + this.settings.answerWithinMs });
    });
    this.lastSent = Date.now();
    to.send(JSON.stringify({ ...ask, id }));
    this.watching ??= setTimeout(() => this.watch(), this.settings.answerWithinMs);
    return answer;
  }

  /** Without an answer. */
  tell(ask: Ask): void {
    if (!this.over && this.open) {
      this.lastSent = Date.now();
      this.socket?.send(JSON.stringify(ask));
    }
  }

  /** Every request waits equally long, so the first one is overdue first. */
  private watch(): void {
    this.watching = undefined;
    if (this.over) {
      return;
    }
    if (!this.open) {
      this.drop('no connection in time');
      return;
    }
    const first = this.pending.values().next().value;
    if (!first) {
      return;
    }
    const left = first.deadline - Date.now();
    if (left <= 0) {
      this.drop(`no answer within ${this.settings.answerWithinMs} ms`);
    } else {
      this.watching = setTimeout(() => this.watch(), left);
    }
  }

  /** Pings whenever nothing was sent for half of `heartbeatMs`. */
  keepAlive(heartbeatMs: number): void {
    const half = Math.max(1, heartbeatMs / 2);
    const beat = () => {
      if (Date.now() - this.lastSent >= half) {
        this.probe();
      }
      this.beating = setTimeout(beat, Math.max(1, half - (Date.now() - this.lastSent)));
    };
    this.beating = setTimeout(beat, half);
  }

  /** Finds out whether the other side is still there: after sleep, or when the network changed. */
  probe(): void {
    this.request({ type: 'ping' }).catch(() => undefined);
  }

  drop(why: string): void {
    const open = this.socket;
    this.end(why);
    open?.close();
  }

  close(): void {
    this.tell({ type: 'bye' });
    const open = this.socket;
    this.end('closed');
    open?.close(1000);
  }

  private end(why: string): void {
    if (this.over) {
      return;
    }
    this.over = true;
    clearTimeout(this.watching);
    clearTimeout(this.beating);
    this.owner.ended(this, why);
    const unanswered = [...this.pending.values()];
    this.pending.clear();
    for (const waiting of unanswered) {
      waiting.reject(new Disconnected(why));
    }
  }
}
