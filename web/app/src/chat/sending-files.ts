import type { Content, Uploaded } from '@magpie/client';
import type { Chat } from '../state/chat.js';
import { coverOf } from './video-cover.js';
import type { Recording } from './voice-recorder.js';

/** Uploads a file and sends it as what the server found it to be. */
export async function sendFile(chat: Chat, conversation: string, file: File): Promise<void> {
  const stored = await chat.files.upload(file);
  const content = image(stored) ?? (await video(chat, stored, file));
  chat.send(
    conversation,
    content ?? {
      kind: 'file',
      file: stored.fileId,
      name: file.name || 'file',
      size: stored.size,
      mime: stored.mime,
    },
  );
}

function image({ fileId, mime, width, height, thumbnail, blurhash }: Uploaded): Content | undefined {
  return mime.startsWith('image/') && width && height
    ? {
        kind: 'image',
        file: fileId,
        width,
        height,
        ...(thumbnail ? { thumbnail } : {}),
        ...(blurhash ? { blurhash } : {}),
      }
    : undefined;
}

/** A server that cannot decode films gets its cover from this browser, which can. */
async function video(chat: Chat, stored: Uploaded, file: Blob): Promise<Content | undefined> {
  const { fileId, mime, width, height, durationMs } = stored;
  if (!mime.startsWith('video/') || !width || !height || durationMs === undefined) {
    return undefined;
  }
  let cover = stored.cover;
  if (!cover) {
    const frame = await coverOf(file);
    cover = frame && (await chat.files.upload(frame)).fileId;
  }
  return cover ? { kind: 'video', file: fileId, width, height, durationMs, cover } : undefined;
}

export async function sendVoice(chat: Chat, conversation: string, voice: Recording): Promise<void> {
  const { fileId, durationMs, waveform } = await chat.files.upload(voice.blob);
  chat.send(conversation, {
    kind: 'voice',
    file: fileId,
    durationMs: durationMs || voice.durationMs,
    waveform: waveform ?? voice.waveform,
  });
}
