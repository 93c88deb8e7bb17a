import { Disconnected, Refused, type Content, type Uploaded, type Uploads as Limits } from '@magpie/client';
import { describe, expect, it } from 'vitest';
import type { Files } from '../src/state/files.js';
import { kindOf, Uploads } from '../src/state/uploads.js';

const limits: Limits = {
  maxBytes: { image: 100, audio: 50, video: 1000, other: 200 },
  quotaBytes: 1000,
  usedBytes: 900,
};

/** A server that takes what it is given, unless a name says otherwise, and notes what reached it. */
class Server {
  readonly reached: number[] = [];
  readonly sent: Content[] = [];
  readonly faults: (Error | undefined)[] = [];
  readonly uploads: Uploads;

  constructor(known: Limits | undefined = limits) {
    const files = {
      limits: { value: known },
      learn: () => undefined,
      upload: (file: Blob): Promise<Uploaded> => {
        this.reached.push(file.size);
        const fault = this.faults.shift();
        const [fileId, mime] = [this.reached.length, file.type || 'application/octet-stream'];
        return fault ? Promise.reject(fault) : Promise.resolve({ fileId, mime, size: file.size });
      },
    } as unknown as Files;
    this.uploads = new Uploads(files, (_conversation, content) => this.sent.push(content));
  }

  give(size: number, type = '', name = 'x'): void {
    this.uploads.add('d.1.2', new Blob([new Uint8Array(size)], { type }), { name });
  }

  faultsShown() {
    return (this.uploads.waiting.get('d.1.2') ?? []).map((upload) => upload.fault);
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('uploads', () => {
  it('are refused by what is known of the server before a byte is sent', async () => {
    const server = new Server();
    server.give(101, 'image/png');
    server.give(51, 'audio/mpeg');
    server.give(201, 'application/zip');
    server.give(0, 'text/plain');
    server.give(150, 'application/zip');
    await settled();
    expect(server.reached).toEqual([]);
    expect(server.faultsShown()).toEqual([
      { is: 'too-large', most: 100 },
      { is: 'too-large', most: 50 },
      { is: 'too-large', most: 200 },
      { is: 'empty' },
      { is: 'quota', left: 100 },
    ]);
  });

  it('go one after the other and are sent in the order they were given', async () => {
    const server = new Server();
    server.give(3, '', 'a');
    server.give(2, '', 'b');
    server.give(1, '', 'c');
    await settled();
    expect(server.sent.map((content) => content.kind === 'file' && content.name)).toEqual(['a', 'b', 'c']);
    expect(server.uploads.waiting.size).toBe(0);
  });

  it('wait for the connection, and are repeated by nobody if the server refused', async () => {
    const server = new Server(undefined);
    const refusal = new Refused({ code: 'malformed', message: 'image: broken', retryAfterMs: 0 });
    server.faults.push(new Disconnected('gone'), refusal);
    server.give(1, '', 'lost');
    server.give(2, '', 'broken');
    await settled();
    expect(server.faultsShown()).toEqual([{ is: 'offline' }, { is: 'malformed' }]);
    expect(server.uploads.any).toBe(false);
    server.uploads.resume();
    await settled();
    expect(server.reached).toEqual([1, 2, 1]);
    expect(server.faultsShown()).toEqual([{ is: 'malformed' }]);
    server.uploads.discard(server.uploads.waiting.get('d.1.2')![0]!);
    expect(server.uploads.waiting.size).toBe(0);
  });

  it('that were given up are not sent', async () => {
    const server = new Server();
    server.give(1);
    server.uploads.discard(server.uploads.waiting.get('d.1.2')![0]!);
    await settled();
    expect(server.reached).toEqual([]);
    expect(server.sent).toEqual([]);
  });

  it('are of the kind the server will find', () => {
    const kinds = [
      'image/webp',
      'image/heic',
      'image/svg+xml',
      'video/quicktime',
      'audio/webm;codecs=opus',
      '',
    ];
    expect(kinds.map(kindOf)).toEqual(['image', 'other', 'other', 'video', 'audio', 'other']);
  });
});
