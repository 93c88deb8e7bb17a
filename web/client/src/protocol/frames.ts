// Generated from the server's records by TypeScriptTest, which also fails when the two differ.
import type { ErrorCode } from './errors.js';

/** `d.<low>.<high>`, `g.<group>` or `n.<user>`. */
export type ConversationId = string;
export type Mentions = number[] | 'all';

export interface TextContent {
  kind: 'text';
  text: string;
}

export interface ImageContent {
  kind: 'image';
  file: number;
  width: number;
  height: number;
  thumbnail?: number;
  blurhash?: string;
}

export interface VoiceContent {
  kind: 'voice';
  file: number;
  durationMs: number;
  waveform?: number[];
  transcript?: string;
}

export interface VideoContent {
  kind: 'video';
  file: number;
  width: number;
  height: number;
  durationMs: number;
  cover: number;
}

export interface FileContent {
  kind: 'file';
  file: number;
  name: string;
  size: number;
  mime: string;
}

export interface StickerContent {
  kind: 'sticker';
  pack: string;
  name: string;
}

export interface LocationContent {
  kind: 'location';
  lat: number;
  lon: number;
  label?: string;
}

export interface CardContent {
  kind: 'card';
  user?: number;
  group?: number;
}

export interface CustomContent {
  kind: 'custom';
  schema: string;
  data: unknown;
}

export type Content =
  | TextContent
  | ImageContent
  | VoiceContent
  | VideoContent
  | FileContent
  | StickerContent
  | LocationContent
  | CardContent
  | CustomContent;

export interface MessageBody {
  kind: 'message';
  content?: Content;
  replyTo?: number;
  mentions?: Mentions;
  edited?: number;
  recalled?: number;
}

export interface RecallBody {
  kind: 'recall';
  target: number;
}

export interface EditBody {
  kind: 'edit';
  target: number;
  content?: Content;
}

export interface ReactionBody {
  kind: 'reaction';
  target: number;
  emoji: string;
  active: boolean;
}

export interface MembersChangedBody {
  kind: 'members';
  change: 'joined' | 'left' | 'removed' | 'role' | 'muted' | 'unmuted' | 'nickname';
  users: number[];
  role?: 'member' | 'admin' | 'owner';
  until?: number;
  nickname?: string;
}

export interface GroupChangedBody {
  kind: 'group';
  change: 'created' | 'renamed' | 'avatar' | 'announcement' | 'settings' | 'owner' | 'dissolved';
  name?: string;
  avatar?: string;
  announcement?: string;
  joinPolicy?: 'open' | 'approval' | 'invite' | 'owner' | 'password';
  historyOpen?: boolean;
  mutedUntil?: number;
  owner?: number;
}

export interface NoticeBody {
  kind: 'notice';
  event: 'friend-request' | 'friend-accepted' | 'friend-declined' | 'friend-removed' | 'invited' | 'removed' | 'dissolved' | 'join-request' | 'join-accepted' | 'join-declined';
  user?: number;
  group?: number;
  request?: number;
  message?: string;
}

export type Body =
  | MessageBody
  | RecallBody
  | EditBody
  | ReactionBody
  | MembersChangedBody
  | GroupChangedBody
  | NoticeBody;

export interface Entry {
  type: 'entry';
  conversation: ConversationId;
  seq: number;
  sender: number;
  sentAt: number;
  clientId?: string;
  body: Body;
}

export interface ConversationItem {
  conversation: ConversationId;
  kind: 'direct' | 'group' | 'notices';
  title: string;
  avatar?: string;
  state: 'member' | 'left' | 'removed' | 'dissolved';
  firstSeq: number;
  lastSeq: number;
  readSeq: number;
  unread: number;
  mentioned: boolean;
  muted: boolean;
  pinned: boolean;
  hidden?: boolean;
  last?: Entry;
}

export interface PresenceState {
  user: number;
  online: boolean;
  platforms: ('web' | 'ios' | 'android' | 'windows' | 'mac' | 'linux' | 'bot')[];
  lastSeenAt?: number;
}

export interface HelloRequest {
  type: 'hello';
  id?: string;
  token: string;
  device: { id: string; platform: 'web' | 'ios' | 'android' | 'windows' | 'mac' | 'linux' | 'bot'; name?: string };
}

export interface PingRequest {
  type: 'ping';
  id?: string;
}

export interface SendRequest {
  type: 'send';
  id?: string;
  conversation: ConversationId;
  clientId: string;
  content: Content;
  replyTo?: number;
  mentions?: Mentions;
  priority?: 'normal' | 'high';
}

export interface ReceivedRequest {
  type: 'received';
  id?: string;
  conversation: ConversationId;
  seq: number;
}

export interface ReadRequest {
  type: 'read';
  id?: string;
  conversation: ConversationId;
  seq: number;
}

export interface ListenedRequest {
  type: 'listened';
  id?: string;
  conversation: ConversationId;
  seq: number;
}

export interface TypingRequest {
  type: 'typing';
  id?: string;
  conversation: ConversationId;
  active: boolean;
}

export interface RecallRequest {
  type: 'recall';
  id?: string;
  conversation: ConversationId;
  seq: number;
}

export interface EditRequest {
  type: 'edit';
  id?: string;
  conversation: ConversationId;
  seq: number;
  content: Content;
}

export interface ReactRequest {
  type: 'react';
  id?: string;
  conversation: ConversationId;
  seq: number;
  emoji: string;
  active: boolean;
}

export interface HistoryRequest {
  type: 'history';
  id?: string;
  conversation: ConversationId;
  after?: number;
  limit: number;
  before?: number;
}

export interface SyncRequest {
  type: 'sync';
  id?: string;
  since: number;
  cursor?: string;
}

export interface PresenceRequest {
  type: 'presence';
  id?: string;
  users: number[];
}

export interface ByeRequest {
  type: 'bye';
  id?: string;
}

export type Request =
  | HelloRequest
  | PingRequest
  | SendRequest
  | ReceivedRequest
  | ReadRequest
  | ListenedRequest
  | TypingRequest
  | RecallRequest
  | EditRequest
  | ReactRequest
  | HistoryRequest
  | SyncRequest
  | PresenceRequest
  | ByeRequest;

export interface WelcomeReply {
  type: 'welcome';
  id?: string;
  userId: number;
  sessionId: number;
  node: string;
  epoch: string;
  serverTime: number;
  heartbeatMs: number;
  maxFrameBytes: number;
}

export interface PongReply {
  type: 'pong';
  id?: string;
  serverTime: number;
}

export interface SentReply {
  type: 'sent';
  id?: string;
  conversation: ConversationId;
  seq: number;
  sentAt: number;
  duplicate: boolean;
}

export interface OkReply {
  type: 'ok';
  id?: string;
}

export interface UnreadReply {
  type: 'ok';
  id?: string;
  unread: number;
}

export interface RecordedReply {
  type: 'ok';
  id?: string;
  seq: number;
}

export interface EntriesReply {
  type: 'entries';
  id?: string;
  conversation: ConversationId;
  entries: Entry[];
  more: boolean;
}

export interface ConversationsReply {
  type: 'conversations';
  id?: string;
  items: ConversationItem[];
  syncedAt: number;
  cursor?: string;
}

export interface PresenceReply {
  type: 'presence';
  id?: string;
  states: PresenceState[];
}

export interface FailedReply {
  type: 'error';
  id?: string;
  code: ErrorCode;
  message: string;
  retryAfterMs?: number;
}

export type Reply =
  | WelcomeReply
  | PongReply
  | SentReply
  | OkReply
  | UnreadReply
  | RecordedReply
  | EntriesReply
  | ConversationsReply
  | PresenceReply
  | FailedReply;

export interface EntryAddedPush {
  type: 'entry';
  conversation: ConversationId;
  seq: number;
  sender: number;
  sentAt: number;
  clientId?: string;
  body: Body;
}

export interface ReadPush {
  type: 'read';
  conversation: ConversationId;
  user: number;
  seq: number;
}

export interface DeliveredPush {
  type: 'delivered';
  conversation: ConversationId;
  user: number;
  seq: number;
}

export interface ListenedPush {
  type: 'listened';
  conversation: ConversationId;
  user: number;
  seq: number;
}

export interface TypingPush {
  type: 'typing';
  conversation: ConversationId;
  user: number;
  active: boolean;
}

export interface PresencePush {
  type: 'presence';
  states: PresenceState[];
}

export interface LaggingPush {
  type: 'lagging';
  conversations?: ConversationId[];
}

export interface ByePush {
  type: 'bye';
  reason: 'draining' | 'moved' | 'replaced' | 'logged-out' | 'kicked' | 'idle' | 'slow';
  reconnectAfterMs?: number;
  url?: string;
}

export type Push =
  | EntryAddedPush
  | ReadPush
  | DeliveredPush
  | ListenedPush
  | TypingPush
  | PresencePush
  | LaggingPush
  | ByePush;
