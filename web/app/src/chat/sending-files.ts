import type { Content } from '@magpie/client';
import type { Chat } from '../state/chat.js';
import type { Recording } from './voice-recorder.js';

/** Uploads a file and sends it as what the server found it to be. */
export async function sendFile(chat: Chat, conversation: string, file: File): Promise<void> {
  const stored = await chat.files.upload(file);
  const { fileId, mime, width, height, durationMs, cover, thumbnail } = stored;
  let content: Content = { kind: 'file', file: fileId, name: file.name || 'file', size: stored.size, mime };
  if (mime.startsWith('image/') && width && height) {
    content = { kind: 'image', file: fileId, width, height, ...(thumbnail ? { thumbnail } : {}) };
  } else if (mime.startsWith('video/') && width && height && durationMs !== undefined && cover) {
    content = { kind: 'video', file: fileId, width, height, durationMs, cover };
  }
  chat.send(conversation, content);
}

export async function sendVoice(chat: Chat, conversation: string, voice: Recording): Promise<void> {
  const { fileId, durationMs } = await chat.files.upload(voice.blob);
  chat.send(conversation, {
    kind: 'voice',
    file: fileId,
    durationMs: durationMs ?? voice.durationMs,
    waveform: voice.waveform,
  });
}
