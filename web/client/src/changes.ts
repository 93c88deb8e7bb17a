import type { Entry } from './protocol/frames.js';

/**
 * What a recall or an edit makes of a message. Applying one again, or one older than what was applied, changes
 * nothing: then the same object comes back.
 */
export function applyChange(target: Entry, cause: Entry): Entry {
  const message = target.body;
  const change = cause.body;
  if (message.kind !== 'message' || message.recalled) {
    return target;
  }
  if (change.kind === 'recall') {
    const { content: _content, ...rest } = message;
    return { ...target, body: { ...rest, recalled: cause.seq } };
  }
  if (change.kind === 'edit' && change.content && (message.edited ?? 0) < cause.seq) {
    return { ...target, body: { ...message, content: change.content, edited: cause.seq } };
  }
  return target;
}

/** Whether an entry counts as unread for those who did not send it. */
export function countsAsUnread(entry: Entry): boolean {
  return entry.body.kind === 'notice' || (entry.body.kind === 'message' && !entry.body.recalled);
}
