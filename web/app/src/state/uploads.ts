import { Disconnected, Refused, type Content, type ErrorCode, type Uploaded } from '@magpie/client';
import { shallowReactive } from 'vue';
import { coverOf } from '../chat/video-cover.js';
import type { Recording } from '../chat/voice-recorder.js';
import type { Files } from './files.js';

export type Kind = 'image' | 'audio' | 'video' | 'other';

/** Why a file does not go: the server's word, no connection, or what is known before a byte is sent. */
export type Fault =
  { is: ErrorCode | 'offline' | 'empty' } | { is: 'too-large'; most: number } | { is: 'quota'; left: number };

/** A file on its way to the server, shown where its message will be. */
export interface Upload {
  readonly id: number;
  readonly conversation: string;
  readonly file: Blob;
  readonly name: string;
  readonly kind: Kind;
  readonly voice?: Recording | undefined;
  readonly replyTo?: number | undefined;
  readonly giveUp: AbortController;
  /** What can be shown of it already. */
  preview?: string | undefined;
  sentBytes: number;
  fault?: Fault | undefined;
}

type Send = (conversation: string, content: Content, options: { replyTo?: number | undefined }) => void;

/** What a server takes for a picture, sound or film; it looks into the bytes, a browser at the name. */
export function kindOf(type: string): Kind {
  if (/^image\/(jpeg|png|gif|webp)\b/.test(type)) {
    return 'image';
  }
  if (/^video\/(mp4|quicktime|webm|x-matroska)\b/.test(type)) {
    return 'video';
  }
  return /^audio\/(webm|ogg|mp4|x-m4a|wav|x-wav|mpeg|mp3)\b/.test(type) ? 'audio' : 'other';
}

/** Files are uploaded one after the other, in the order in which they were given, and then sent as messages. */
export class Uploads {
  readonly waiting = shallowReactive(new Map<string, Upload[]>());
  private line: Promise<void> = Promise.resolve();
  private count = 0;

  constructor(
    private readonly files: Files,
    private readonly send: Send,
  ) {}

  get any(): boolean {
    return [...this.waiting.values()].some((uploads) => uploads.some((upload) => !upload.fault));
  }

  add(
    conversation: string,
    file: Blob,
    how: { name?: string; voice?: Recording; replyTo?: number | undefined } = {},
  ): void {
    const kind = how.voice ? 'audio' : kindOf(file.type);
    const upload = shallowReactive<Upload>({
      id: ++this.count,
      conversation,
      file,
      name: how.name || 'file',
      kind,
      voice: how.voice,
      replyTo: how.replyTo,
      giveUp: new AbortController(),
      preview: kind === 'image' ? URL.createObjectURL(file) : undefined,
      sentBytes: 0,
    });
    this.waiting.set(conversation, [...(this.waiting.get(conversation) ?? []), upload]);
    this.queue(upload);
  }

  again(upload: Upload): void {
    upload.fault = undefined;
    upload.sentBytes = 0;
    this.queue(upload);
  }

  discard(upload: Upload): void {
    upload.giveUp.abort();
    this.remove(upload);
    if (upload.preview) {
      URL.revokeObjectURL(upload.preview);
    }
  }

  /** The connection is back. */
  resume(): void {
    for (const upload of [...this.waiting.values()].flat()) {
      if (upload.fault?.is === 'offline') {
        this.again(upload);
      }
    }
  }

  private remove(upload: Upload): void {
    const left = (this.waiting.get(upload.conversation) ?? []).filter((one) => one !== upload);
    if (left.length > 0) {
      this.waiting.set(upload.conversation, left);
    } else {
      this.waiting.delete(upload.conversation);
    }
  }

  private queue(upload: Upload): void {
    upload.fault = this.refusal(upload);
    if (!upload.fault) {
      this.line = this.line.then(() => this.go(upload));
    }
  }

  /** What the server would say, without sending it a byte. */
  private refusal({ file, kind }: Upload): Fault | undefined {
    const limits = this.files.limits.value;
    if (file.size === 0) {
      return { is: 'empty' };
    }
    if (limits && file.size > limits.maxBytes[kind]) {
      return { is: 'too-large', most: limits.maxBytes[kind] };
    }
    const left = limits?.quotaBytes === undefined ? Infinity : limits.quotaBytes - limits.usedBytes;
    return file.size > left ? { is: 'quota', left: Math.max(0, left) } : undefined;
  }

  private async go(upload: Upload): Promise<void> {
    const { signal } = upload.giveUp;
    if (signal.aborted) {
      return;
    }
    try {
      const frame = upload.kind === 'video' ? this.frame(upload) : undefined;
      const stored = await this.files.upload(upload.file, {
        signal,
        progress: (bytes) => (upload.sentBytes = bytes),
      });
      const content = await this.content(upload, stored, frame);
      if (!signal.aborted) {
        this.keep(upload, stored, content);
        this.send(upload.conversation, content, { replyTo: upload.replyTo });
        this.remove(upload);
      }
    } catch (error) {
      upload.fault = { is: error instanceof Refused ? error.code : 'offline' };
      if (!(error instanceof Refused || error instanceof Disconnected)) {
        throw error;
      }
    }
  }

  /** A film is shown by a picture of it. */
  private async frame(upload: Upload): Promise<Blob | undefined> {
    const frame = await coverOf(upload.file);
    if (frame && !upload.giveUp.signal.aborted) {
      upload.preview ??= URL.createObjectURL(frame);
    }
    return frame;
  }

  /** What is here need not be fetched. */
  private keep(upload: Upload, stored: Uploaded, content: Content): void {
    if (upload.preview && content.kind === 'image') {
      this.files.learn(content.thumbnail ?? stored.fileId, upload.preview);
    } else if (upload.preview && content.kind === 'video') {
      this.files.learn(content.cover, upload.preview);
    }
  }

  /** The message, as what the server found the file to be. */
  private async content(
    upload: Upload,
    stored: Uploaded,
    framing?: Promise<Blob | undefined>,
  ): Promise<Content> {
    const { fileId: file, mime, width, height, durationMs, waveform, thumbnail, blurhash } = stored;
    if (upload.voice) {
      return {
        kind: 'voice',
        file,
        durationMs: durationMs || upload.voice.durationMs,
        waveform: waveform ?? upload.voice.waveform,
      };
    }
    if (mime.startsWith('image/') && width && height) {
      return {
        kind: 'image',
        file,
        width,
        height,
        ...(thumbnail ? { thumbnail } : {}),
        ...(blurhash ? { blurhash } : {}),
      };
    }
    if (mime.startsWith('video/') && width && height && durationMs !== undefined) {
      // A server that cannot decode films gets its cover from this browser, which can.
      const frame = stored.cover ? undefined : await framing;
      const cover = stored.cover ?? (frame && (await this.files.upload(frame)).fileId);
      if (cover) {
        return { kind: 'video', file, width, height, durationMs, cover };
      }
    }
    return { kind: 'file', file, name: upload.name, size: stored.size, mime };
  }
}
