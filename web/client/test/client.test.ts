import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  IndexedDbCopy,
  MagpieClient,
  MemoryCopy,
  Refused,
  SharedClient,
  type Client,
  type Listener,
  type LocalCopy,
  type Locks,
  type Needed,
} from '../src/index.js';
import { ModelServer } from './model-server.js';
import { Recorder, until } from './recorder.js';

const direct = 'd.7.8';
const open: Client[] = [];

function settings(server: ModelServer, more: Partial<Needed> = {}): Needed {
  return {
    address: () => Promise.resolve('ws://model/ws'),
    token: 't',
    device: { id: 'd', platform: 'web' },
    socket: server.socket,
    backoffFirstMs: 5,
    backoffMaxMs: 20,
    answerWithinMs: 200,
    ...more,
  };
}

async function start(server: ModelServer, copy: LocalCopy = new MemoryCopy(), more: Partial<Needed> = {}) {
  const heard = new Recorder();
  const client = await MagpieClient.open(settings(server, more), copy, heard.hear);
  open.push(client);
  return { client, heard };
}

function text(client: Client, said: string, clientId?: string) {
  return client.send(direct, { kind: 'text', text: said }, clientId ? { clientId } : {});
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
  vi.unstubAllGlobals();
});

describe('a client', () => {
  it('sends in order, over hang-ups and lost answers, each message once', async () => {
    const server = new ModelServer();
    const { client, heard } = await start(server);
    let answers = 0;
    server.swallow = (request) => request.type === 'send' && ++answers % 3 === 0;
    const texts = Array.from({ length: 30 }, (_, i) => `m${i}`);
    const all = Promise.all(texts.map((said) => text(client, said)));
    const hangUps = setInterval(() => server.hangUp(), 60);
    await all;
    clearInterval(hangUps);
    server.swallow = () => false;
    await until(() => heard.texts(direct).length === 30);
    expect(heard.texts(direct)).toEqual(texts);
    expect(server.logs.get(direct)?.length).toBe(30);
    expect(heard.faults).toEqual([]);
  });

  it('fills the hole a lost push leaves', async () => {
    const server = new ModelServer();
    server.say(direct, 8, 'first');
    const { heard } = await start(server);
    await until(() => heard.count('caught-up') === 1);
    server.losePushes = true;
    server.say(direct, 8, 'second');
    server.losePushes = false;
    server.say(direct, 8, 'third');
    await until(() => heard.texts(direct).length === 3);
    expect(heard.texts(direct)).toEqual(['first', 'second', 'third']);
    expect(heard.faults).toEqual([]);
  });

  it('catches up on 1,000 missed entries when it follows all of them', async () => {
    const server = new ModelServer();
    const { heard } = await start(server, new MemoryCopy(), { catchUp: 'all' });
    await until(() => heard.count('caught-up') === 1);
    server.hangUp();
    server.losePushes = true;
    for (let i = 1; i <= 1000; i++) {
      server.say(direct, 8, `m${i}`);
    }
    server.losePushes = false;
    await until(() => heard.texts(direct).length === 1000);
    expect(heard.faults).toEqual([]);
  });

  it('jumps to the newest when too much was missed, and says so', async () => {
    const server = new ModelServer();
    server.say(direct, 8, 'm1');
    const { heard } = await start(server);
    await until(() => heard.count('caught-up') === 1);
    server.down = true;
    server.hangUp();
    for (let i = 2; i <= 1000; i++) {
      server.say(direct, 8, `m${i}`);
    }
    server.down = false;
    await until(() => heard.texts(direct).includes('m1000'));
    expect(heard.events).toContainEqual({ type: 'skipped', conversation: direct, from: 2, to: 950 });
    expect(heard.faults).toEqual([]);
  });

  it('drops a connection that does not answer and opens the next', async () => {
    const server = new ModelServer();
    const { client, heard } = await start(server);
    await until(() => heard.count('caught-up') === 1);
    let silent = true;
    server.swallow = () => silent;
    const sent = text(client, 'still there?');
    await until(() =>
      heard.events.some((event) => event.type === 'connection' && event.state.is === 'waiting'),
    );
    silent = false;
    await sent;
    expect(server.logs.get(direct)?.length).toBe(1);
  });

  it('waits longer after each failure, up to a bound, and never all clients as long', async () => {
    const server = new ModelServer();
    server.down = true;
    for (const [chance, expected] of [
      [0.999, [20, 40, 80, 80]],
      [0.5, [10, 20, 40, 40]],
    ] as const) {
      const random = vi.spyOn(Math, 'random').mockReturnValue(chance);
      const waits: number[] = [];
      const more = { backoffFirstMs: 10, backoffMaxMs: 80 };
      const client = await MagpieClient.open(settings(server, more), new MemoryCopy(), (event) => {
        if (event.type === 'connection' && event.state.is === 'waiting') {
          waits.push(event.state.retryAt - Date.now());
        }
      });
      open.push(client);
      await until(() => waits.length >= 4);
      random.mockRestore();
      for (const [i, wait] of expected.entries()) {
        expect(Math.abs(waits[i]! - wait)).toBeLessThanOrEqual(2);
      }
    }
  });

  it('follows the browser: gone with the network, back with it, and looks after a sleep', async () => {
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    vi.stubGlobal('window', page);
    vi.stubGlobal('document', page);
    const server = new ModelServer();
    // Nobody could wait that long here.
    const { client, heard } = await start(server, new MemoryCopy(), {
      backoffFirstMs: 600_000,
      backoffMaxMs: 600_000,
    });
    const states = (is: string) =>
      heard.events.filter((event) => event.type === 'connection' && event.state.is === is).length;
    await until(() => heard.count('caught-up') === 1);
    page.dispatchEvent(new Event('offline'));
    await until(() => states('waiting') === 1);
    server.say(direct, 8, 'while you were away');
    page.dispatchEvent(new Event('online'));
    await until(() => heard.texts(direct).includes('while you were away'));
    // The connection died in a sleep: nothing told the browser.
    server.swallow = () => true;
    page.dispatchEvent(new Event('visibilitychange'));
    await until(() => states('waiting') === 2);
    server.swallow = () => false;
    page.dispatchEvent(new Event('pageshow'));
    await text(client, 'awake');
  });

  it('tells of a refusal and goes on with the next message', async () => {
    const server = new ModelServer();
    server.refuse = (request) =>
      request.type === 'send' && request.clientId === 'bad'
        ? { type: 'error', code: 'rejected', message: 'no' }
        : undefined;
    const { client, heard } = await start(server);
    const bad = text(client, 'bad', 'bad');
    const good = text(client, 'good', 'good');
    await expect(bad).rejects.toBeInstanceOf(Refused);
    await good;
    expect(heard.count('failed')).toBe(1);
    expect(server.logs.get(direct)?.map((entry) => entry.clientId)).toEqual(['good']);
  });

  it('ends when its login ended, and does not come back', async () => {
    const server = new ModelServer();
    const { heard } = await start(server);
    await until(() => heard.count('caught-up') === 1);
    for (const socket of server.sockets) {
      socket.deliver({ type: 'bye', reason: 'logged-out' });
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    server.hangUp();
    await until(() =>
      heard.events.some((event) => event.type === 'connection' && event.state.is === 'ended'),
    );
    const greetings = server.seen.filter((request) => request.type === 'hello').length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.seen.filter((request) => request.type === 'hello').length).toBe(greetings);
  });

  it('applies edits and recalls to what it holds', async () => {
    const server = new ModelServer();
    server.say(direct, 8, 'tpyo');
    server.say(direct, 8, 'gone');
    const { heard } = await start(server, new MemoryCopy(), { catchUp: 'all' });
    await until(() => heard.texts(direct).length === 2);
    server.push(
      server.append(direct, 8, { kind: 'edit', target: 1, content: { kind: 'text', text: 'typo' } }),
    );
    server.push(server.append(direct, 8, { kind: 'recall', target: 2 }));
    await until(() => heard.count('changed') === 2);
    expect(heard.texts(direct)).toEqual(['typo']);
  });

  it('counts unread as entries come and clears them with read, once the server is back', async () => {
    const server = new ModelServer();
    server.say(direct, 8, 'a');
    const { client, heard } = await start(server);
    await until(() => heard.count('caught-up') === 1);
    server.say(direct, 8, 'b');
    await until(() => heard.texts(direct).includes('b'));
    expect((await client.snapshot()).items[0]?.unread).toBe(2);
    server.down = true;
    server.hangUp();
    await client.read(direct, 2);
    expect((await client.snapshot()).items[0]?.unread).toBe(0);
    server.down = false;
    await until(() => server.read.get(direct) === 2);
  });

  it('pages back from the copy into the server’s history without seam', async () => {
    const server = new ModelServer();
    for (let i = 1; i <= 120; i++) {
      server.say(direct, 8, `m${i}`);
    }
    const { client, heard } = await start(server);
    await until(() => heard.count('caught-up') === 1);
    const newest = await client.before(direct, undefined, 50);
    expect(newest.entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 50 }, (_, i) => 71 + i));
    const older = await client.before(direct, 71, 100);
    expect(older.entries.length).toBe(70);
    expect(older.more).toBe(false);
    const later = await client.after(direct, 10, 5);
    expect(later.entries.map((entry) => entry.seq)).toEqual([11, 12, 13, 14, 15]);
  });
});

describe('the copy in the browser', () => {
  it('survives a restart: entries, list, outbox and what was read', async () => {
    const server = new ModelServer();
    server.say(direct, 8, 'a');
    const first = await start(server, new IndexedDbCopy('copy-restart'));
    await until(() => first.heard.count('caught-up') === 1);
    server.down = true;
    server.hangUp();
    const lost = text(first.client, 'written offline', 'c1').catch((error: Error) => error.name);
    await first.client.read(direct, 1);
    await first.client.close();
    expect(await lost).toBe('Ended');

    const second = await start(server, new IndexedDbCopy('copy-restart'));
    const known = await second.client.snapshot();
    expect(known.me).toBe(7);
    expect(known.items.map((item) => item.unread)).toEqual([0]);
    expect(known.outbox.map((message) => message.clientId)).toEqual(['c1']);
    const page = await second.client.before(direct, undefined, 10);
    expect(page.entries.map((entry) => entry.seq)).toEqual([1]);
    server.down = false;
    await until(() => server.logs.get(direct)?.length === 2);
    await until(() => server.read.get(direct) === 1);
  });

  it('is dropped when the epoch changed', async () => {
    const server = new ModelServer();
    server.say(direct, 8, 'before the restore');
    const first = await start(server, new IndexedDbCopy('copy-epoch'));
    await until(() => first.heard.count('caught-up') === 1);
    await first.client.close();
    server.epoch = 'e2';
    server.logs.clear();
    server.say(direct, 8, 'after');
    const second = await start(server, new IndexedDbCopy('copy-epoch'));
    await until(() => second.heard.count('caught-up') === 1);
    expect(second.heard.count('reset')).toBe(1);
    expect(second.heard.texts(direct)).toEqual(['after']);
    expect((await second.client.before(direct, undefined, 10)).entries.length).toBe(1);
  });

  it('goes on without a database that is full or forbidden, and loses no message', async () => {
    const server = new ModelServer();
    for (let i = 1; i <= 5; i++) {
      server.say(direct, 8, `m${i}`);
    }
    const whole = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      const { client, heard } = await start(server, new IndexedDbCopy('copy-full'), { catchUp: 'all' });
      await until(() => heard.count('caught-up') === 1);
      await text(client, 'still works');
      await until(() => heard.texts(direct).length === 6);
      expect((await client.before(direct, undefined, 10)).entries.map((entry) => entry.seq)).toEqual([
        1, 2, 3, 4, 5, 6,
      ]);
      expect((await client.after(direct, 2, 2)).entries.map((entry) => entry.seq)).toEqual([3, 4]);
    } finally {
      IDBObjectStore.prototype.put = whole;
    }
    const { client, heard } = await start(server, new IndexedDbCopy('copy-full'), { catchUp: 'all' });
    await until(() => heard.count('caught-up') === 1);
    expect((await client.before(direct, undefined, 10)).entries.length).toBe(6);
  });

  it('keeps a bounded number of entries', async () => {
    const copy = new IndexedDbCopy('copy-bound', 10);
    await copy.load();
    const server = new ModelServer();
    for (let i = 0; i < 55; i++) {
      copy.append(direct, [
        server.append(direct, 8, { kind: 'message', content: { kind: 'text', text: `${i}` } }),
      ]);
    }
    expect(copy.held(direct)).toEqual({ low: 41, high: 55 });
    expect((await copy.entries(direct, 1, 100)).map((entry) => entry.seq)[0]).toBe(41);
    await copy.close();
  });
});

describe('several tabs', () => {
  /** Web Locks among the tabs of a test. */
  function locks(): Locks {
    let last: Promise<unknown> = Promise.resolve();
    return {
      request: (_name, { signal }, held) => {
        const turn = last.then(() => (signal.aborted ? Promise.reject(new Error('aborted')) : held()));
        last = turn.catch(() => undefined);
        return turn;
      },
    };
  }

  it('share one connection, and the next takes over when its owner closes', async () => {
    const server = new ModelServer();
    server.say(direct, 8, 'hello');
    const lock = locks();
    const opened = (listener: Listener) =>
      MagpieClient.open(settings(server), new IndexedDbCopy('tabs'), listener);
    const [one, two] = [new Recorder(), new Recorder()];
    const first = new SharedClient('tabs', opened, lock);
    first.listen(one.hear);
    await until(() => one.count('caught-up') === 1);
    const second = new SharedClient('tabs', opened, lock);
    open.push(first, second);
    second.listen(two.hear);
    expect((await second.snapshot()).items.length).toBe(1);
    await text(second, 'from the second tab');
    await until(() => one.texts(direct).includes('from the second tab'));
    await until(() => two.texts(direct).includes('from the second tab'));
    expect(server.seen.filter((request) => request.type === 'hello').length).toBe(1);

    server.swallow = (request) => request.type === 'send';
    const sent = text(second, 'while the first closes');
    await until(() => server.logs.get(direct)?.length === 3);
    server.swallow = () => false;
    await first.close();
    await sent;
    await until(() => second.leads);
    server.say(direct, 8, 'to the second');
    await until(() => two.texts(direct).includes('to the second'));
    expect(server.logs.get(direct)?.length).toBe(4);
    expect(two.faults).toEqual([]);
  });
});
