import type { Socket } from '../src/settings.js';
import type { Entry, Request } from '../src/index.js';

type Frame = Record<string, unknown>;

/** A server in memory that keeps one log per conversation, can lose pushes and answers, and can hang up. */
export class ModelServer {
  readonly logs = new Map<string, Entry[]>();
  readonly sockets = new Set<ModelSocket>();
  readonly seen: Request[] = [];
  readonly read = new Map<string, number>();
  epoch = 'e1';
  losePushes = false;
  /** Called before a request is answered; true swallows the answer. */
  swallow: (request: Request) => boolean = () => false;
  refuse: (request: Request) => Frame | undefined = () => undefined;
  down = false;

  get socket(): new (url: string) => Socket {
    const server = this; // eslint-disable-line @typescript-eslint/no-this-alias -- a class needs its server
    return class extends ModelSocket {
      constructor() {
        super(server);
      }
    };
  }

  append(conversation: string, sender: number, body: Entry['body'], clientId?: string): Entry {
    const log = this.logs.get(conversation) ?? [];
    const entry: Entry = {
      type: 'entry',
      conversation,
      seq: log.length + 1,
      sender,
      sentAt: 1000 + log.length,
      ...(clientId ? { clientId } : {}),
      body,
    };
    log.push(entry);
    this.logs.set(conversation, log);
    return entry;
  }

  say(conversation: string, sender: number, text: string): Entry {
    const entry = this.append(conversation, sender, { kind: 'message', content: { kind: 'text', text } });
    this.push(entry);
    return entry;
  }

  push(entry: Entry, except?: ModelSocket): void {
    if (!this.losePushes) {
      for (const socket of this.sockets) {
        if (socket !== except && socket.greeted) {
          socket.deliver({ ...entry });
        }
      }
    }
  }

  hangUp(): void {
    for (const socket of [...this.sockets]) {
      socket.hangUp();
    }
  }

  answer(request: Request, from: ModelSocket): Frame {
    switch (request.type) {
      case 'hello':
        from.greeted = true;
        return { type: 'welcome', userId: 7, sessionId: 1, node: 'n', epoch: this.epoch, serverTime: 1, heartbeatMs: 30000, maxFrameBytes: 65536 }; // prettier-ignore
      case 'send': {
        const log = this.logs.get(request.conversation) ?? [];
        const before = log.find((entry) => entry.clientId === request.clientId && entry.sender === 7);
        const entry =
          before ??
          this.append(
            request.conversation,
            7,
            { kind: 'message', content: request.content },
            request.clientId,
          );
        if (!before) {
          this.push(entry, from);
        }
        return { type: 'sent', conversation: entry.conversation, seq: entry.seq, sentAt: entry.sentAt, duplicate: before !== undefined }; // prettier-ignore
      }
      case 'sync':
        return {
          type: 'conversations',
          items: [...this.logs.keys()].map((id) => this.item(id)),
          syncedAt: 5,
        };
      case 'history': {
        const log = this.logs.get(request.conversation) ?? [];
        const limit = request.limit ?? 50;
        const entries =
          request.after !== undefined
            ? log.filter((entry) => entry.seq > (request.after as number)).slice(0, limit)
            : log.filter((entry) => entry.seq < (request.before as number)).slice(-limit);
        const more = entries.length > 0 && (request.after !== undefined ? entries[entries.length - 1]!.seq < log.length : entries[0]!.seq > 1); // prettier-ignore
        return { type: 'entries', conversation: request.conversation, entries, more };
      }
      case 'read':
        this.read.set(request.conversation, request.seq);
        return { type: 'ok', unread: 0 };
      case 'ping':
        return { type: 'pong', serverTime: 1 };
      default:
        return { type: 'ok' };
    }
  }

  private item(conversation: string): Frame {
    const log = this.logs.get(conversation) ?? [];
    return {
      conversation,
      kind: 'direct',
      title: conversation,
      state: 'member',
      firstSeq: 1,
      lastSeq: log.length,
      readSeq: this.read.get(conversation) ?? 0,
      unread: log.filter((entry) => entry.sender !== 7).length,
      mentioned: false,
      muted: false,
      pinned: false,
      last: log[log.length - 1],
    };
  }
}

export class ModelSocket implements Socket {
  greeted = false;
  private readonly listeners = new Map<string, ((event: { data: unknown }) => void)[]>();
  private over = false;

  constructor(private readonly server: ModelServer) {
    setTimeout(() => {
      if (server.down) {
        this.hangUp();
      } else if (!this.over) {
        server.sockets.add(this);
        this.emit('open');
      }
    }, 0);
  }

  addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }

  private emit(type: string, data?: unknown): void {
    this.listeners.get(type)?.forEach((listener) => listener({ data }));
  }

  send(frame: string): void {
    const request = JSON.parse(frame) as Request;
    this.server.seen.push(request);
    setTimeout(() => {
      if (this.over) {
        return;
      }
      const answer = this.server.refuse(request) ?? this.server.answer(request, this);
      if (request.id !== undefined && !this.server.swallow(request)) {
        this.deliver({ ...answer, id: request.id });
      }
    }, 0);
  }

  deliver(frame: Frame): void {
    if (!this.over) {
      setTimeout(() => !this.over && this.emit('message', JSON.stringify(frame)), 0);
    }
  }

  close(): void {
    this.hangUp();
  }

  hangUp(): void {
    if (!this.over) {
      this.over = true;
      this.server.sockets.delete(this);
      setTimeout(() => this.emit('close'), 0);
    }
  }
}
