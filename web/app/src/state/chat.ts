import {
  IndexedDbCopy,
  MagpieClient,
  MagpieHttp,
  SharedClient,
  type ClientEvent,
  type ConnectionState,
  type Content,
  type ConversationItem,
  type Entry,
  type Mentions,
  type Outgoing,
  type PresenceState,
  type Refusal,
} from '@magpie/client';
import { computed, shallowReactive, shallowRef } from 'vue';
import { thisDevice } from './device.js';
import { Files } from './files.js';
import { groupOf, peerOf } from './ids.js';
import { MessageWindow } from './message-window.js';
import { People } from './people.js';
import { stored } from './stored.js';
import { Uploads } from './uploads.js';

export interface Failed {
  message: Outgoing;
  refusal: Refusal;
}

const typingShownMs = 6_000;
const typingToldMs = 3_000;

/** Everything the screens show of one signed-in user, kept up to date by the client's events. */
export class Chat {
  readonly http: MagpieHttp;
  readonly client: SharedClient;
  readonly people: People;
  readonly files: Files;
  readonly uploads: Uploads;
  readonly items = shallowReactive(new Map<string, ConversationItem>());
  readonly connection = shallowRef<ConnectionState>({ is: 'connecting', attempt: 0 });
  readonly presence = shallowReactive(new Map<number, PresenceState>());
  readonly outbox = shallowReactive(new Map<string, Outgoing[]>());
  readonly failed = shallowReactive(new Map<string, Failed[]>());
  readonly drafts = shallowReactive(new Map<string, string>());
  /** Who types where, until when. */
  readonly typing = shallowReactive(new Map<string, Map<number, number>>());
  /** How far others have read and received: `conversation/user` to seq. */
  readonly reads = shallowReactive(new Map<string, number>());
  readonly deliveries = shallowReactive(new Map<string, number>());
  readonly loaded = shallowRef(false);
  /** Told of entries of other people as they come, for notifications. */
  onNews: (entry: Entry, item: ConversationItem | undefined) => void = () => {};
  private readonly windows = new Map<string, MessageWindow>();
  private readonly keptDrafts;
  private toldTyping = 0;
  private watched = '';

  /** Pinned first, then by their newest entry. */
  readonly list = computed(() =>
    [...this.items.values()]
      .filter((item) => !item.hidden && (item.state === 'member' || item.last !== undefined))
      .sort((a, b) => Number(b.pinned) - Number(a.pinned) || newest(b) - newest(a)),
  );
  readonly unread = computed(() =>
    this.list.value.reduce((sum, item) => sum + (item.muted ? 0 : item.unread), 0),
  );
  readonly online = computed(() => ['online', 'synchronizing'].includes(this.connection.value.is));

  constructor(
    readonly me: number,
    token: string,
    private readonly ended: (cause: string) => void,
  ) {
    this.http = new MagpieHttp('', token);
    this.people = new People(this.http, me);
    this.files = new Files(this.http);
    this.uploads = new Uploads(this.files, (conversation, content, options) =>
      this.send(conversation, content, options),
    );
    this.keptDrafts = stored<Record<string, string>>(`${me}.drafts`, {});
    Object.entries(this.keptDrafts.get()).forEach(([conversation, text]) =>
      this.drafts.set(conversation, text),
    );
    this.client = new SharedClient(`magpie.${me}`, (listener) =>
      MagpieClient.open(
        { address: async () => (await this.http.gateway()).websocket, token, device: thisDevice() },
        new IndexedDbCopy(`magpie.${me}`),
        listener,
      ),
    );
    this.client.listen((event) => this.heard(event));
  }

  async start(): Promise<void> {
    const known = await this.client.snapshot();
    this.connection.value = known.state;
    known.items.forEach((item) => this.items.set(item.conversation, item));
    known.outbox.forEach((message) => this.queue(message));
    this.loaded.value = true;
    this.watchPeers();
    if (this.online.value) {
      this.refreshPeople();
    }
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private refreshPeople(): void {
    this.people.load().catch(() => undefined);
    this.files.detect();
  }

  private heard(event: ClientEvent): void {
    switch (event.type) {
      case 'connection':
        this.connection.value = event.state;
        if (event.state.is === 'online') {
          this.refreshPeople();
          this.uploads.resume();
          this.windows.forEach((window) => void window.catchUp());
        } else if (event.state.is === 'ended' && event.state.cause !== 'closed') {
          this.ended(event.state.cause);
        }
        break;
      case 'reset':
        this.items.clear();
        this.windows.forEach((window) => void window.toEnd());
        break;
      case 'conversation':
        this.items.set(event.item.conversation, event.item);
        this.watchPeers();
        break;
      case 'entry':
        this.windows.get(event.entry.conversation)?.added(event.entry);
        this.arrived(event.entry);
        break;
      case 'skipped':
        this.windows.get(event.conversation)?.skipped(event.to);
        break;
      case 'changed':
        this.windows.get(event.entry.conversation)?.changed(event.entry);
        break;
      case 'read':
        raise(this.reads, `${event.conversation}/${event.user}`, event.seq);
        break;
      case 'delivered':
        raise(this.deliveries, `${event.conversation}/${event.user}`, event.seq);
        break;
      case 'typing':
        this.setTyping(event.conversation, event.user, event.active);
        break;
      case 'presence':
        event.states.forEach((state) => this.presence.set(state.user, state));
        break;
      case 'queued':
        this.queue(event.message);
        break;
      case 'sent':
        this.unqueue(event.message);
        break;
      case 'failed':
        this.unqueue(event.message);
        this.setFailed(event.message.conversation, [
          ...(this.failed.get(event.message.conversation) ?? []),
          { message: event.message, refusal: event.refusal },
        ]);
        break;
    }
  }

  private arrived(entry: Entry): void {
    const { body, conversation, sender } = entry;
    if (sender !== this.me) {
      this.setTyping(conversation, sender, false);
      this.onNews(entry, this.items.get(conversation));
    }
    const group = groupOf(conversation);
    if (body.kind === 'notice') {
      this.people.load().catch(() => undefined);
    } else if (group !== undefined && body.kind === 'members' && this.people.members.has(group)) {
      this.people.loadMembers(group).catch(() => undefined);
    }
  }

  private queue(message: Outgoing): void {
    const waiting = this.outbox.get(message.conversation) ?? [];
    if (!waiting.some((one) => one.clientId === message.clientId)) {
      this.outbox.set(message.conversation, [...waiting, message]);
    }
  }

  private unqueue(message: Outgoing): void {
    const left = (this.outbox.get(message.conversation) ?? []).filter(
      (one) => one.clientId !== message.clientId,
    );
    if (left.length > 0) {
      this.outbox.set(message.conversation, left);
    } else {
      this.outbox.delete(message.conversation);
    }
  }

  setFailed(conversation: string, failed: Failed[]): void {
    this.failed.set(conversation, failed);
  }

  private setTyping(conversation: string, user: number, active: boolean): void {
    const now = Date.now();
    const who = new Map([...(this.typing.get(conversation) ?? [])].filter(([, until]) => until > now));
    if (active) {
      who.set(user, now + typingShownMs);
      setTimeout(() => this.setTyping(conversation, 0, false), typingShownMs + 100);
    } else {
      who.delete(user);
    }
    this.typing.set(conversation, who);
  }

  /** The people whose presence a list of conversations shows. */
  private watchPeers(): void {
    const peers = this.list.value
      .map((item) => peerOf(item.conversation, this.me))
      .filter((user): user is number => user !== undefined && user !== this.me)
      .slice(0, 500);
    const key = [...peers].sort().join();
    if (key !== this.watched) {
      this.watched = key;
      void this.client.watch(peers);
    }
  }

  window(conversation: string): MessageWindow {
    let window = this.windows.get(conversation);
    if (!window) {
      window = new MessageWindow(this.client, conversation);
      this.windows.set(conversation, window);
    }
    return window;
  }

  send(
    conversation: string,
    content: Content,
    options: { replyTo?: number | undefined; mentions?: Mentions } = {},
  ): void {
    // What becomes of it is told by events.
    this.client.send(conversation, content, options).catch(() => undefined);
    this.toldTyping = 0;
  }

  sendAgain(failed: Failed): void {
    const { conversation, content, replyTo, mentions } = failed.message;
    this.forget(failed);
    this.send(conversation, content, { replyTo, ...(mentions ? { mentions } : {}) });
  }

  forget(failed: Failed): void {
    const { conversation } = failed.message;
    this.setFailed(
      conversation,
      (this.failed.get(conversation) ?? []).filter((one) => one !== failed),
    );
  }

  setDraft(conversation: string, text: string): void {
    if (text) {
      this.drafts.set(conversation, text);
    } else {
      this.drafts.delete(conversation);
    }
    this.keptDrafts.set(Object.fromEntries(this.drafts));
  }

  /** As far as this device can know. */
  isOnline(user: number): boolean {
    return this.online.value && (this.presence.get(user)?.online ?? false);
  }

  /** Tells the others now and then, not with every key. */
  tellTyping(conversation: string): void {
    const now = Date.now();
    if (now - this.toldTyping > typingToldMs) {
      this.toldTyping = now;
      void this.client.typing(conversation, true);
    }
  }

  title(item: ConversationItem): string {
    const peer = peerOf(item.conversation, this.me);
    return peer === undefined || peer === this.me ? item.title : item.title || this.people.name(peer);
  }

  async prefer(
    conversation: string,
    wish: { muted?: boolean; pinned?: boolean; hidden?: boolean },
  ): Promise<void> {
    const item = await this.http.prefer(conversation, wish);
    if (item) {
      this.items.set(conversation, item);
    }
    await this.client.refresh();
  }

  readBy(conversation: string, user: number): number {
    return this.reads.get(`${conversation}/${user}`) ?? 0;
  }

  noteRead(conversation: string, user: number, seq: number): void {
    raise(this.reads, `${conversation}/${user}`, seq);
  }

  deliveredTo(conversation: string, user: number): number {
    return this.deliveries.get(`${conversation}/${user}`) ?? 0;
  }
}

function newest(item: ConversationItem): number {
  return item.last?.sentAt ?? 0;
}

function raise(map: Map<string, number>, key: string, seq: number): void {
  if (seq > (map.get(key) ?? 0)) {
    map.set(key, seq);
  }
}
