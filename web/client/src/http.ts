import type { ConversationItem, Entry } from './protocol/frames.js';
import { sendBody, type UploadOptions } from './upload.js';
import { Disconnected, Refused, refusal } from './refused.js';
import type { Device } from './settings.js';

export interface User {
  userId: number;
  username?: string;
  nickname: string;
  avatar?: string;
  bio?: string;
}

export interface Me extends User {
  avatar: string;
  bio: string;
  createdAt: number;
}

export interface LoggedIn {
  token: string;
  userId: number;
  sessionId: number;
  expiresAt: number;
}

export interface Session {
  id: number;
  device: Device;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
  current: boolean;
}

export interface FriendRequest {
  id: number;
  from: number;
  to: number;
  message: string;
  remark?: string;
  state: 'pending' | 'accepted' | 'declined';
  createdAt: number;
  answeredAt?: number;
}

export interface Friend {
  user: number;
  username?: string;
  nickname: string;
  avatar?: string;
  remark: string;
  since: number;
}

export type JoinPolicy = 'open' | 'approval' | 'invite' | 'owner' | 'password';
export type Role = 'member' | 'admin' | 'owner';

/** From `announcement` on, what only members see. */
export interface Group {
  groupId: number;
  conversation: string;
  name: string;
  avatar: string;
  joinPolicy: JoinPolicy;
  memberCount: number;
  announcement?: string;
  historyOpen?: boolean;
  mutedUntil?: number;
  owner?: number;
  createdAt?: number;
  dissolvedAt?: number;
  role?: Role;
}

export interface GroupChange {
  name?: string;
  avatar?: string;
  announcement?: string;
  joinPolicy?: JoinPolicy;
  password?: string;
  historyOpen?: boolean;
  mutedUntil?: number;
}

export interface Member {
  user: number;
  role: Role;
  nickname: string;
  name?: string;
  avatar?: string;
  mutedUntil?: number;
  joinedAt: number;
}

export interface JoinRequest {
  user: number;
  name?: string;
  message: string;
  createdAt: number;
}

export interface SearchOptions {
  conversation?: string;
  /** Only what this user wrote. */
  from?: number;
  /** `next` of the page before. */
  before?: number;
  limit?: number;
}

/** Messages, newest first. A page may be short, or empty, and still have a `next`. */
export interface Found {
  entries: Entry[];
  next?: number;
  /** The server is still indexing and did not look at everything. */
  incomplete?: boolean;
}

export interface Uploaded {
  fileId: number;
  mime: string;
  size: number;
  width?: number;
  height?: number;
  durationMs?: number;
  waveform?: number[];
  blurhash?: string;
  thumbnail?: number;
  cover?: number;
}

/** What may be uploaded, in bytes. A file of several kinds counts as what its bytes say, not its name. */
export interface Uploads {
  maxBytes: { image: number; audio: number; video: number; other: number };
  /** Without one there is no limit. */
  quotaBytes?: number;
  usedBytes: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The HTTP API. Calls reject with `Refused` if the server refuses, with `Disconnected` if it cannot be reached. */
export class MagpieHttp {
  /** @param base where the API is, without a slash at the end; empty for the page's own origin */
  constructor(
    readonly base: string,
    public token = '',
    private readonly fetching: typeof fetch = (...args) => globalThis.fetch(...args),
  ) {}

  private async answer(method: Method, path: string, init: RequestInit): Promise<Response> {
    return this.good(
      this.fetching(`${this.base}/api/v1${path}`, {
        ...init,
        method,
        headers: { ...init.headers, ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}) },
      }),
    );
  }

  private async good(asked: Promise<Response>): Promise<Response> {
    const answer = await asked.catch((error: unknown) => {
      throw new Disconnected(String(error));
    });
    if (!answer.ok) {
      const problem = (await answer.json().catch(() => ({}))) as { code?: unknown; detail?: unknown };
      const code = problem.code ?? (answer.status === 404 ? 'not-found' : 'internal');
      throw new Refused(refusal({ ...problem, code }));
    }
    return answer;
  }

  private async call<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const answer = await this.answer(
      method,
      path,
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } },
    );
    const text = await answer.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  private async items<T>(path: string): Promise<T[]> {
    return (await this.call<{ items: T[] }>('GET', path)).items;
  }

  gateway = () => this.call<{ node: string; websocket: string }>('GET', '/gateway');

  register = (username: string, password: string, nickname?: string) =>
    this.call<{ userId: number }>('POST', '/accounts', { username, password, nickname });
  logIn = (username: string, password: string, device: Device) =>
    this.call<LoggedIn>('POST', '/sessions', { username, password, device });
  logOut = (session: number | 'current' = 'current') => this.call<void>('DELETE', `/sessions/${session}`);
  sessions = () => this.items<Session>('/sessions');

  me = () => this.call<Me>('GET', '/me');
  changeMe = (change: { nickname?: string; bio?: string; avatar?: string }) =>
    this.call<Me>('PATCH', '/me', change);
  changePassword = (oldPassword: string, newPassword: string) =>
    this.call<void>('PUT', '/me/password', { oldPassword, newPassword });

  findUsers = (query: string) => this.items<User>(`/users?query=${encodeURIComponent(query)}`);
  user = (id: number) => this.call<User>('GET', `/users/${id}`);

  friends = () => this.items<Friend>('/friends');
  remark = (user: number, remark: string) => this.call<void>('PATCH', `/friends/${user}`, { remark });
  unfriend = (user: number) => this.call<void>('DELETE', `/friends/${user}`);
  friendRequests = () =>
    this.call<{ incoming: FriendRequest[]; outgoing: FriendRequest[] }>('GET', '/friend-requests');
  askFriend = (user: number, message?: string, remark?: string) =>
    this.call<FriendRequest>('POST', '/friend-requests', { user, message, remark });
  acceptFriend = (request: number, remark?: string) =>
    this.call<FriendRequest>('POST', `/friend-requests/${request}/accept`, { remark });
  declineFriend = (request: number) =>
    this.call<FriendRequest>('POST', `/friend-requests/${request}/decline`);

  blocks = () => this.items<User>('/blocks');
  block = (user: number) => this.call<void>('PUT', `/blocks/${user}`);
  unblock = (user: number) => this.call<void>('DELETE', `/blocks/${user}`);

  createGroup = (name: string, members: number[], joinPolicy: JoinPolicy, password?: string) =>
    this.call<{ groupId: number; conversation: string }>('POST', '/groups', {
      name,
      members,
      joinPolicy,
      password,
    });
  group = (id: number) => this.call<Group>('GET', `/groups/${id}`);
  changeGroup = (id: number, change: GroupChange) => this.call<Group>('PATCH', `/groups/${id}`, change);
  dissolveGroup = (id: number) => this.call<void>('DELETE', `/groups/${id}`);
  handOver = (id: number, user: number) => this.call<void>('POST', `/groups/${id}/owner`, { user });
  members = (id: number, after = 0, limit = 200) =>
    this.call<{ items: Member[]; next?: number }>(
      'GET',
      `/groups/${id}/members?after=${after}&limit=${limit}`,
    );
  addMembers = (id: number, users: number[]) => this.call<void>('POST', `/groups/${id}/members`, { users });
  changeMember = (
    id: number,
    user: number,
    change: { role?: Role; mutedUntil?: number; nickname?: string },
  ) => this.call<Member>('PATCH', `/groups/${id}/members/${user}`, change);
  removeMember = (id: number, user: number) => this.call<void>('DELETE', `/groups/${id}/members/${user}`);
  leaveGroup = (id: number) => this.call<void>('POST', `/groups/${id}/leave`);
  joinGroup = (id: number, how: { password?: string; message?: string } = {}) =>
    this.call<{ state: 'member' | 'asked' }>('POST', `/groups/${id}/join`, how);
  joinRequests = (id: number) => this.items<JoinRequest>(`/groups/${id}/requests`);
  answerJoin = (id: number, user: number, accept: boolean) =>
    this.call<void>('POST', `/groups/${id}/requests/${user}/${accept ? 'accept' : 'decline'}`);

  prefer = async (conversation: string, wish: { muted?: boolean; pinned?: boolean; hidden?: boolean }) => {
    const path = `/conversations/${conversation}`;
    return (await this.call<{ items: ConversationItem[] }>('PATCH', path, wish)).items[0];
  };
  readers = async (conversation: string, seq: number) =>
    (await this.call<{ users: number[] }>('GET', `/conversations/${conversation}/reads?seq=${seq}`)).users;

  search = (query: string, options: SearchOptions = {}) => {
    const given = Object.entries({ query, ...options }).map(([name, value]) => [name, String(value)]);
    return this.call<Found>('GET', `/search?${new URLSearchParams(given)}`);
  };

  /** What may be uploaded; `not-found` from a server that takes no files. */
  uploads = () => this.call<Uploads>('GET', '/files');

  /** In browsers `progress` hears how many bytes are on their way. */
  upload = async (file: Blob, options: UploadOptions = {}): Promise<Uploaded> => {
    const headers = {
      'Content-Type': file.type || 'application/octet-stream',
      ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
    };
    const url = `${this.base}/api/v1/files`;
    const { signal, progress } = options;
    const asked =
      progress && typeof XMLHttpRequest !== 'undefined'
        ? sendBody(url, headers, file, { ...options, progress })
        : this.fetching(url, { method: 'POST', body: file, headers, ...(signal ? { signal } : {}) });
    return (await (await this.good(asked)).json()) as Uploaded;
  };

  download = async (file: number, thumbnail = false): Promise<Blob> =>
    (await this.answer('GET', `/files/${file}${thumbnail ? '/thumbnail' : ''}`, {})).blob();

  /** An address of a file that is good without a token for a while. */
  fileAddress = async (file: number): Promise<{ url: string; expiresAt: number }> => {
    const { url, expiresAt } = await this.call<{ url: string; expiresAt: number }>(
      'GET',
      `/files/${file}/url`,
    );
    return { url: `${this.base}${url}`, expiresAt };
  };
}
