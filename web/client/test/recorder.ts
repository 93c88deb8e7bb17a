import type { ClientEvent, Entry } from '../src/index.js';

/** Hears a client and holds what it was told against what a listener may rely on. */
export class Recorder {
  readonly events: ClientEvent[] = [];
  readonly logs = new Map<string, Entry[]>();
  readonly faults: string[] = [];
  private readonly next = new Map<string, number>();

  readonly hear = (event: ClientEvent): void => {
    this.events.push(event);
    if (event.type === 'entry') {
      const { conversation, seq } = event.entry;
      const expected = this.next.get(conversation);
      if (expected !== undefined && expected !== seq) {
        this.faults.push(`${conversation}: ${seq} (expected: ${expected})`);
      }
      this.next.set(conversation, seq + 1);
      this.logs.set(conversation, [...(this.logs.get(conversation) ?? []), event.entry]);
    } else if (event.type === 'skipped') {
      this.next.set(event.conversation, event.to + 1);
    } else if (event.type === 'reset') {
      this.next.clear();
      this.logs.clear();
    } else if (event.type === 'changed') {
      const log = this.logs.get(event.entry.conversation) ?? [];
      const at = log.findIndex((entry) => entry.seq === event.entry.seq);
      if (at >= 0) {
        log[at] = event.entry;
      }
    }
  };

  texts(conversation: string): string[] {
    return (this.logs.get(conversation) ?? []).flatMap((entry) =>
      entry.body.kind === 'message' && entry.body.content?.kind === 'text' ? [entry.body.content.text] : [],
    );
  }

  count(type: ClientEvent['type']): number {
    return this.events.filter((event) => event.type === type).length;
  }
}

/** Waits for a condition, with a generous bound. */
export async function until(what: () => boolean, withinMs = 30_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!what()) {
    if (Date.now() > end) {
      throw new Error(`not within ${withinMs} ms: ${what.toString()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
