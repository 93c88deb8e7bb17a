import type { Entry } from '@magpie/client';
import { describe, expect, it } from 'vitest';
import { indexOfSeq, rowsOf } from '../src/chat/rows.js';
import { textParts } from '../src/chat/text-parts.js';
import { shrink } from '../src/chat/voice-recorder.js';
import { directWith, groupOf, peerOf } from '../src/state/ids.js';

const noon = new Date(2026, 5, 1, 12).getTime();
const minute = 60_000;

function message(seq: number, sender: number, sentAt: number, body: Partial<Entry['body']> = {}): Entry {
  const said = { kind: 'message', content: { kind: 'text', text: `m${seq}` }, ...body } as Entry['body'];
  return { type: 'entry', conversation: 'd.1.2', seq, sender, sentAt, body: said };
}

function rows(entries: Entry[], unreadFrom = 0) {
  return rowsOf({ entries, fromStart: false, unreadFrom, waiting: [], failed: [], uploads: [], me: 1 });
}

describe('the rows of a conversation', () => {
  it('put messages of one sender together, and part them by time and sender', () => {
    const shown = rows([
      message(1, 2, noon),
      message(2, 2, noon + minute),
      message(3, 2, noon + 10 * minute),
      message(4, 1, noon + 10 * minute),
    ]);
    expect(shown.map((row) => (row.is === 'message' ? [row.entry.seq, row.first] : row.is))).toEqual([
      'day',
      [1, true],
      [2, false],
      [3, true],
      [4, true],
    ]);
  });

  it('show a day once, the line of what is new once, and no changes as rows of their own', () => {
    const shown = rows(
      [
        message(1, 2, noon),
        message(2, 2, noon, { kind: 'reaction', target: 1, emoji: '👍', active: true } as Entry['body']),
        message(3, 2, noon + 24 * 60 * minute),
        message(4, 2, noon + 24 * 60 * minute, { recalled: 5 } as Entry['body']),
      ],
      2,
    );
    expect(shown.map((row) => row.is)).toEqual(['day', 'message', 'day', 'unread', 'message', 'event']);
    expect(indexOfSeq(shown, 2)).toBe(1);
    expect(indexOfSeq(shown, 3)).toBe(4);
    expect(indexOfSeq(shown, 0)).toBe(-1);
  });

  it('keep the key of a message when it is acknowledged', () => {
    const outgoing = {
      conversation: 'd.1.2',
      clientId: 'c1',
      content: { kind: 'text' as const, text: 'x' },
      at: noon,
    };
    const before = rowsOf({
      entries: [],
      fromStart: false,
      unreadFrom: 0,
      waiting: [outgoing],
      failed: [],
      uploads: [],
      me: 1,
    });
    const after = rows([{ ...message(1, 1, noon), clientId: 'c1' }]);
    expect(after.at(-1)?.key).toBe(before.at(-1)?.key);
  });
});

describe('the parts of a text', () => {
  it('are links, names and the rest, and together the text', () => {
    const text = 'Hi @Ada and @Ada B, see https://example.org/a?b=1. 好https://例.example，再见';
    const parts = textParts(text, ['Ada', 'Ada B']);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.filter((part) => part.is === 'mention').map((part) => part.text)).toEqual([
      '@Ada',
      '@Ada B',
    ]);
    expect(parts.filter((part) => part.is === 'link').map((part) => part.text)).toEqual([
      'https://example.org/a?b=1',
      'https://例.example',
    ]);
  });

  it('never make an address out of anything but http', () => {
    const hostile = 'javascript:alert(1) data:text/html,x JAVASCRIPT:x //x.example <https://ok.example>';
    expect(
      textParts(hostile, [])
        .filter((part) => part.is === 'link')
        .map((part) => part.href),
    ).toEqual(['https://ok.example/']);
  });
});

describe('small things', () => {
  it('know conversations by their ids', () => {
    expect(directWith(7, 2)).toBe('d.2.7');
    expect(peerOf('d.2.7', 7)).toBe(2);
    expect(peerOf('d.7.7', 7)).toBe(7);
    expect(peerOf('g.3', 7)).toBeUndefined();
    expect(groupOf('g.3')).toBe(3);
  });

  it('keep the loudest of each part of a waveform', () => {
    expect(shrink([1, 9, 2, 3, 4, 8], 3)).toEqual([9, 3, 8]);
    expect(shrink([1, 2], 3)).toEqual([1, 2]);
  });
});
