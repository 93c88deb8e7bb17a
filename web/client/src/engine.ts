import { Catalog } from './catalog.js';
import { applyChange } from './changes.js';
import type { LocalCopy, Outgoing, Owner } from './copy.js';
import { Cursors } from './cursors.js';
import type { ConnectionState, Listener } from './events.js';
import { Follower } from './follower.js';
import { Logs, type LogsOwner } from './logs.js';
import { Outbox, type OutboxOwner } from './outbox.js';
import type {
  ConversationId,
  ConversationItem,
  Entry,
  Push,
  SentReply,
  WelcomeReply,
} from './protocol/frames.js';
import { Reconnector, type ReconnectorOwner } from './reconnector.js';
import type { Refusal } from './refused.js';
import type { Settings } from './settings.js';
import { Synchronizer } from './synchronizer.js';

const saveAfterMs = 2_000;

/** Joins the parts of a client: what the connection brings goes to the logs, the catalog and the cursors. */
export class Engine implements ReconnectorOwner, LogsOwner, OutboxOwner {
  readonly reconnector: Reconnector;
  readonly outbox: Outbox;
  readonly cursors: Cursors;
  readonly catalog: Catalog;
  private readonly logs: Logs;
  private readonly follower: Follower;
  private readonly synchronizer: Synchronizer;
  state: ConnectionState = { is: 'connecting', attempt: 0 };
  private watched: number[] = [];
  private me = 0;
  private listedOnce = false;
  private caughtUp = false;
  private saving: ReturnType<typeof setTimeout> | undefined;
  private settling = false;
  private changing: Promise<void> = Promise.resolve();

  constructor(
    settings: Settings,
    private readonly copy: LocalCopy,
    private readonly tell: Listener,
  ) {
    this.reconnector = new Reconnector(settings, this);
    this.outbox = new Outbox(this.reconnector, copy, settings, this);
    this.catalog = new Catalog(copy, (item) => tell({ type: 'conversation', item }));
    this.cursors = new Cursors(this.reconnector, copy, (conversation, count) =>
      this.catalog.unread(conversation, count),
    );
    this.logs = new Logs(settings.catchUp, copy, this);
    this.follower = new Follower(this.reconnector, this.logs, settings, () => this.progressed());
    this.synchronizer = new Synchronizer(
      this.reconnector,
      (item) => this.listed(item),
      () => this.listComplete(),
    );
  }

  start(): void {
    this.me = this.copy.owner?.user ?? 0;
    this.synchronizer.since = this.copy.syncedAt;
    this.catalog.load();
    this.outbox.load();
    this.cursors.load();
    this.reconnector.connect();
  }

  changed(state: ConnectionState): void {
    this.state = state;
    this.tell({ type: 'connection', state });
  }

  welcomed(welcome: WelcomeReply): void {
    this.listedOnce = false;
    this.caughtUp = false;
    this.recognize({ user: welcome.userId, epoch: welcome.epoch });
    this.changed({ is: 'synchronizing', welcome });
    this.synchronizer.start();
    this.logs.behind().forEach((log) => this.follower.now(log));
    this.outbox.connected();
    this.cursors.connected();
    if (this.watched.length > 0) {
      this.watch(this.watched);
    }
  }

  private recognize(owner: Owner): void {
    const before = this.copy.owner;
    if (before?.user === owner.user && before.epoch === owner.epoch) {
      return;
    }
    if (before && before.user !== owner.user) {
      this.outbox.drop();
      this.cursors.clear();
    }
    this.me = owner.user;
    this.copy.begin(owner);
    this.logs.clear();
    this.synchronizer.since = 0;
    this.catalog.load();
    if (before) {
      this.tell({ type: 'reset' });
    }
  }

  disconnected(): void {
    this.synchronizer.disconnected();
    this.follower.disconnected();
    this.outbox.disconnected();
  }

  ended(): void {
    this.outbox.end();
    clearTimeout(this.saving);
    this.catalog.save();
  }

  pushed(push: Push): void {
    switch (push.type) {
      case 'entry':
        this.offer(push);
        break;
      case 'read':
        if (push.user === this.me) {
          this.catalog.read(push.conversation, push.seq);
          this.saveSoon();
        }
        this.tell(push);
        break;
      case 'delivered':
      case 'listened':
      case 'typing':
      case 'presence':
        this.tell(push);
        break;
      case 'lagging':
        this.synchronizer.start();
        break;
      case 'bye':
        break;
    }
  }

  private offer(entry: Entry): void {
    if (this.logs.offer(entry)) {
      this.follower.soon(this.logs.log(entry.conversation));
    }
  }

  /** An entry exists that may not be pushed to this session, since it answers a request of its own. */
  exists(conversation: ConversationId, seq: number): void {
    const log = this.logs.log(conversation);
    log.exists(seq);
    this.follower.soon(log);
  }

  /** Asks for the list again: something changed that no push tells. */
  refresh(): void {
    this.synchronizer.request();
  }

  private listed(item: ConversationItem): void {
    this.catalog.listed(item);
    this.saveSoon();
    if (this.logs.listed(item)) {
      this.follower.now(this.logs.log(item.conversation));
    }
  }

  private listComplete(): void {
    if (!this.listedOnce && this.state.is === 'synchronizing') {
      this.listedOnce = true;
      this.changed({ is: 'online', welcome: this.state.welcome });
    }
    this.progressed();
  }

  /** A later run may continue from the last list only when what it promised is here. */
  private progressed(): void {
    if (!this.listedOnce || !this.follower.idle) {
      return;
    }
    if (this.copy.syncedAt !== this.synchronizer.since) {
      this.catalog.save();
      this.copy.synced(this.synchronizer.since);
    }
    if (!this.caughtUp) {
      this.caughtUp = true;
      this.tell({ type: 'caught-up' });
    }
  }

  added(conversation: ConversationId, entries: Entry[]): void {
    for (const entry of entries) {
      this.tell({ type: 'entry', entry });
      this.catalog.added(entry);
      this.apply(entry);
    }
    const last = entries[entries.length - 1];
    if (last && (!this.settling || entries.some((entry) => entry.sender !== this.me))) {
      this.cursors.received(conversation, last.seq);
    }
    if (!this.catalog.has(conversation)) {
      this.synchronizer.request();
    }
    this.saveSoon();
  }

  private apply(entry: Entry): void {
    const body = entry.body;
    if (body.kind === 'recall' || body.kind === 'edit') {
      this.changing = this.changing.then(() => this.change(entry, body.target)).catch(() => undefined);
    } else if (body.kind === 'group' || (body.kind === 'members' && body.users.includes(this.me))) {
      this.synchronizer.request();
    }
  }

  private async change(cause: Entry, target: number): Promise<void> {
    const [old] = await this.copy.entries(cause.conversation, target, target);
    const now = old && applyChange(old, cause);
    if (old && now && now !== old) {
      this.copy.replace(now);
      this.catalog.replaced(old, now);
      this.tell({ type: 'changed', entry: now });
    }
  }

  skipped(conversation: ConversationId, from: number, to: number): void {
    this.tell({ type: 'skipped', conversation, from, to });
  }

  unknown(): void {
    this.synchronizer.request();
  }

  queued(message: Outgoing): void {
    this.tell({ type: 'queued', message });
  }

  sent(message: Outgoing, sent: SentReply): void {
    this.tell({ type: 'sent', message, seq: sent.seq, sentAt: sent.sentAt });
    if (sent.duplicate) {
      // It may have been edited or recalled since: ask rather than guess.
      this.exists(message.conversation, sent.seq);
      return;
    }
    const { conversation, clientId, content, replyTo, mentions } = message;
    const said = { ...(replyTo ? { replyTo } : {}), ...(mentions ? { mentions } : {}) };
    this.settling = true;
    this.offer({
      type: 'entry',
      conversation,
      seq: sent.seq,
      sender: this.me,
      sentAt: sent.sentAt,
      clientId,
      body: { kind: 'message', content, ...said },
    });
    this.settling = false;
  }

  failed(message: Outgoing, refusal: Refusal): void {
    this.tell({ type: 'failed', message, refusal });
  }

  read(conversation: ConversationId, seq: number): void {
    this.catalog.read(conversation, seq);
    this.cursors.read(conversation, seq);
    this.saveSoon();
  }

  watch(users: number[]): void {
    this.watched = users;
    this.reconnector.request({ type: 'presence', users }).then(
      (reply) => reply.type === 'presence' && this.tell({ type: 'presence', states: reply.states }),
      () => undefined,
    );
  }

  /** The list changes with every entry; writing it now and then is enough, since a `sync` corrects it. */
  private saveSoon(): void {
    if (!this.saving && this.catalog.hasUnsaved) {
      this.saving = setTimeout(() => {
        this.saving = undefined;
        this.catalog.save();
      }, saveAfterMs);
    }
  }
}
