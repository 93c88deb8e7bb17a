import type { Client, Entry, Page } from '@magpie/client';
import { describe, expect, it } from 'vitest';
import { MessageWindow } from '../src/state/message-window.js';

function entry(
  seq: number,
  body: Entry['body'] = { kind: 'message', content: { kind: 'text', text: `m${seq}` } },
): Entry {
  return { type: 'entry', conversation: 'g.1', seq, sender: 2, sentAt: seq * 1000, body };
}

/** A client that knows a log of so many entries. */
function client(last: number): Client {
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => entry(from + i));
  return {
    before: (_conversation: string, seq = last + 1, limit: number): Promise<Page> => {
      const from = Math.max(1, seq - limit);
      return Promise.resolve({ entries: range(from, seq - 1), more: from > 1, complete: true });
    },
    after: (_conversation: string, seq: number, limit: number): Promise<Page> => {
      const to = Math.min(last, seq + limit);
      return Promise.resolve({ entries: range(seq + 1, to), more: to < last, complete: true });
    },
  } as Client;
}

function seqs(window: MessageWindow): number[] {
  return window.entries.value.map(({ seq }) => seq);
}

describe('a window of a conversation', () => {
  it('opens at the end, grows at both sides, and stays consecutive', async () => {
    const window = new MessageWindow(client(1000), 'g.1');
    await window.toEnd();
    expect(window.high).toBe(1000);
    await window.loadOlder();
    window.added(entry(1001));
    window.added(entry(1001));
    const held = seqs(window);
    expect(held).toEqual(held.map((_, i) => (held[0] ?? 0) + i));
    expect(window.high).toBe(1001);
  });

  it('jumps into the past and comes back, and takes nothing in between for its own', async () => {
    const window = new MessageWindow(client(1000), 'g.1');
    await window.toEnd();
    await window.jumpTo(500);
    expect(window.get(500)?.seq).toBe(500);
    expect(window.hasNewer.value).toBe(true);
    window.added(entry(1001));
    expect(window.high).toBeLessThan(1000);
    await window.loadNewer();
    const held = seqs(window);
    expect(held).toEqual(held.map((_, i) => (held[0] ?? 0) + i));
  });

  it('holds a bounded part however long somebody scrolls', async () => {
    const window = new MessageWindow(client(100_000), 'g.1');
    await window.toEnd();
    for (let i = 0; i < 200; i++) {
      window.trimNewer();
      await window.loadOlder();
    }
    expect(window.entries.value.length).toBeLessThan(1500);
    expect(window.hasNewer.value).toBe(true);
    expect(window.low).toBeLessThan(89_000);
  });

  it('finds the first entry of a day by halving', async () => {
    const window = new MessageWindow(client(100_000), 'g.1');
    expect(await window.seqAt(70_000_500, 1, 100_000)).toBe(70_001);
    expect(await window.seqAt(0, 1, 100_000)).toBe(1);
    expect(await window.seqAt(9e15, 1, 100_000)).toBe(100_000);
  });

  it('counts reactions as they stand', async () => {
    const window = new MessageWindow(client(10), 'g.1');
    await window.toEnd();
    window.added(entry(11, { kind: 'reaction', target: 3, emoji: '👍', active: true }));
    expect([...(window.reactions.get(3)?.get('👍') ?? [])]).toEqual([2]);
    window.added(entry(12, { kind: 'reaction', target: 3, emoji: '👍', active: false }));
    expect(window.reactions.get(3)?.size).toBe(0);
  });
});
