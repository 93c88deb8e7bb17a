import type { Entry, Outgoing } from '@magpie/client';
import { startOfDay } from '../i18n/day.js';
import type { Failed } from '../state/chat.js';
import type { Upload } from '../state/uploads.js';

/** What the message pane shows, one below the other. */
export type Row =
  | { key: string; is: 'start' }
  | { key: string; is: 'day'; time: number }
  | { key: string; is: 'unread' }
  | { key: string; is: 'event'; entry: Entry }
  | { key: string; is: 'message'; entry: Entry; first: boolean; last: boolean }
  | { key: string; is: 'waiting'; message: Outgoing; first: boolean }
  | { key: string; is: 'failed'; failed: Failed }
  | { key: string; is: 'upload'; upload: Upload; first: boolean };

/** Messages of one sender within this time stand together. */
const togetherMs = 5 * 60_000;

interface Shown {
  entries: Entry[];
  /** Whether nothing comes before the entries. */
  fromStart: boolean;
  /** The line of what is new stands before this seq. */
  unreadFrom: number;
  waiting: Outgoing[];
  failed: Failed[];
  uploads: Upload[];
  me: number;
}

export function rowsOf({ entries, fromStart, unreadFrom, waiting, failed, uploads, me }: Shown): Row[] {
  const rows: Row[] = fromStart ? [{ key: 'start', is: 'start' }] : [];
  let day = 0;
  let before: Entry | undefined;
  let marked = unreadFrom === 0;
  for (const entry of entries) {
    const kind = entry.body.kind;
    if (kind === 'recall' || kind === 'edit' || kind === 'reaction') {
      continue;
    }
    const today = startOfDay(entry.sentAt);
    if (today !== day) {
      rows.push({ key: `day ${today}`, is: 'day', time: today });
      day = today;
      before = undefined;
    }
    if (!marked && entry.seq >= unreadFrom && entry.sender !== me) {
      marked = true;
      rows.push({ key: 'unread', is: 'unread' });
      before = undefined;
    }
    if (kind !== 'message' || entry.body.recalled) {
      rows.push({ key: keyOf(entry), is: 'event', entry });
      before = undefined;
      continue;
    }
    const first = !before || before.sender !== entry.sender || entry.sentAt - before.sentAt > togetherMs;
    const above = rows[rows.length - 1];
    if (!first && above?.is === 'message') {
      above.last = false;
    }
    rows.push({ key: keyOf(entry), is: 'message', entry, first, last: true });
    before = entry;
  }
  for (const [i, message] of waiting.entries()) {
    rows.push({
      key: `c ${message.clientId}`,
      is: 'waiting',
      message,
      first: i === 0 && before?.sender !== me,
    });
  }
  for (const one of failed) {
    rows.push({ key: `f ${one.message.clientId}`, is: 'failed', failed: one });
  }
  for (const [i, upload] of uploads.entries()) {
    const above = waiting.length > 0 || failed.length > 0 || before?.sender === me;
    rows.push({ key: `u ${upload.id}`, is: 'upload', upload, first: i === 0 && !above });
  }
  return rows;
}

/** The key of a message does not change when it is acknowledged, so that it stays where it is. */
function keyOf(entry: Entry): string {
  return entry.clientId ? `c ${entry.clientId}` : `s ${entry.seq}`;
}

export function indexOfSeq(rows: Row[], seq: number): number {
  let found = -1;
  for (const [i, row] of rows.entries()) {
    if ('entry' in row && row.entry.seq <= seq) {
      found = i;
    }
  }
  return found;
}
