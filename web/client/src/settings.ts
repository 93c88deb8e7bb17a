import type { HelloRequest } from './protocol/frames.js';

export type Device = HelloRequest['device'];

/** What the client needs of a WebSocket: the browser's, Node's from 22 on, or that of the package `ws`. */
export interface Socket {
  send(frame: string): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

export type SocketFactory = new (url: string, protocols: string[]) => Socket;

/** How a client connects and behaves. */
export interface Settings {
  /** Where to connect; asked before every attempt. A failure counts as a failed attempt. */
  address: () => Promise<string>;
  token: string;
  device: Device;
  socket: SocketFactory;
  /** `all`: every entry of every conversation; `recent`: what was missed where something is held. */
  catchUp: 'all' | 'recent';
  /** How many missed entries of a conversation `recent` follows; of more, only the newest come. */
  recent: number;
  /** Messages waiting; one more fails at once. */
  outboxLimit: number;
  /** The longest wait before the first reconnect, doubled for each further one, up to the longest of all. */
  backoffFirstMs: number;
  backoffMaxMs: number;
  /** A connection that lets a request wait longer is dropped. */
  answerWithinMs: number;
}

export type Needed = Pick<Settings, 'address' | 'token' | 'device'> & Partial<Settings>;

export function withDefaults(given: Needed): Settings {
  const socket = given.socket ?? (globalThis.WebSocket as unknown as SocketFactory | undefined);
  if (!socket) {
    throw new TypeError('socket: none (expected: a WebSocket class; Node has one from version 22 on)');
  }
  return {
    catchUp: 'recent',
    recent: 200,
    outboxLimit: 10_000,
    backoffFirstMs: 500,
    backoffMaxMs: 30_000,
    answerWithinMs: 10_000,
    ...given,
    socket,
  };
}
