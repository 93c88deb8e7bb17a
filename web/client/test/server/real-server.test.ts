import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Server } from '../../../testing/server.js';
import {
  MagpieClient,
  MagpieHttp,
  MemoryCopy,
  Refused,
  type Needed,
  type SocketFactory,
} from '../../src/index.js';
import { Recorder, until } from '../recorder.js';

interface Person {
  user: number;
  token: string;
  http: MagpieHttp;
}

let server: Server;
let ada: Person;
let grace: Person;
let direct: string;

async function person(name: string, device = 'laptop'): Promise<Person> {
  const http = new MagpieHttp(server.http);
  await http
    .register(name, 'correct horse', name)
    .catch((error: Refused) => expect(error.code).toBe('conflict'));
  const login = await http.logIn(name, 'correct horse', { id: device, platform: 'linux' });
  http.token = login.token;
  return { user: login.userId, token: login.token, http };
}

async function connect(of: Person, device: string, more: Partial<Needed> = {}, copy = new MemoryCopy()) {
  const heard = new Recorder();
  const settings: Needed = {
    address: async () => (await of.http.gateway()).websocket,
    token: of.token,
    device: { id: device, platform: 'linux' },
    socket: WebSocket as unknown as SocketFactory,
    backoffFirstMs: 50,
    backoffMaxMs: 500,
    ...more,
  };
  const client = await MagpieClient.open(settings, copy, heard.hear);
  return { client, heard };
}

beforeAll(async () => {
  server = await Server.start('--set', 'limits.sendsPerSecond=100000', '--set', 'limits.sendBurst=100000');
  [ada, grace] = await Promise.all([person('ada'), person('grace')]);
  direct = `d.${Math.min(ada.user, grace.user)}.${Math.max(ada.user, grace.user)}`;
});

afterAll(async () => server?.close());

describe('against a real server', () => {
  it('loses nothing, repeats nothing and keeps the order while the server is killed', async () => {
    const a = await connect(ada, 'laptop');
    const g = await connect(grace, 'laptop');
    const phone = await person('grace', 'phone');
    const g2 = await connect(phone, 'phone');
    const texts = Array.from({ length: 300 }, (_, i) => `m${i}`);
    const sends: Promise<unknown>[] = [];
    for (const [i, text] of texts.entries()) {
      sends.push(a.client.send(direct, { kind: 'text', text }));
      if (i === 100 || i === 200) {
        await sends[i - 50];
        await server.kill();
        await server.start();
      }
    }
    await Promise.all(sends);
    for (const { heard } of [a, g, g2]) {
      await until(() => heard.texts(direct).length >= texts.length);
      expect(heard.texts(direct)).toEqual(texts);
      expect(heard.faults).toEqual([]);
    }
    await Promise.all([a, g, g2].map(({ client }) => client.close()));
  });

  it('catches up on 5,000 messages that came while it was away', async () => {
    const g = await connect(grace, 'laptop', { catchUp: 'all' });
    await until(() => g.heard.count('caught-up') === 1);
    const before = g.heard.texts(direct).length;
    const offline = { down: false };
    // A network that is gone for this device only.
    class Cable extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(offline.down ? 'ws://127.0.0.1:1/' : url, protocols);
      }
    }
    await g.client.close();
    const copy = new MemoryCopy();
    const again = await connect(
      grace,
      'laptop',
      { catchUp: 'all', socket: Cable as unknown as SocketFactory },
      copy,
    );
    await until(() => again.heard.texts(direct).length === before);
    offline.down = true;
    again.client['engine'].reconnector.lost();
    const a = await connect(ada, 'laptop');
    const sends = Array.from({ length: 5000 }, (_, i) =>
      a.client.send(direct, { kind: 'text', text: `n${i}` }),
    );
    await Promise.all(sends);
    expect(again.heard.texts(direct).length).toBe(before);
    offline.down = false;
    await until(() => again.heard.texts(direct).length === before + 5000, 60_000);
    expect(again.heard.texts(direct).slice(before)).toEqual(Array.from({ length: 5000 }, (_, i) => `n${i}`));
    expect(again.heard.faults).toEqual([]);
    await Promise.all([a.client.close(), again.client.close()]);
  });

  it('speaks of edits, recalls, reactions, reads and typing on both sides', async () => {
    const a = await connect(ada, 'laptop');
    const g = await connect(grace, 'laptop');
    await until(() => g.heard.count('caught-up') === 1 && a.heard.count('caught-up') === 1);
    const one = await a.client.send(direct, { kind: 'text', text: 'tpyo' });
    const two = await a.client.send(
      direct,
      { kind: 'text', text: 'gone' },
      { replyTo: one.seq, mentions: [grace.user] },
    );
    await a.client.edit(direct, one.seq, { kind: 'text', text: 'typo' });
    await a.client.recall(direct, two.seq);
    await g.client.react(direct, one.seq, '👍', true);
    await until(() => g.heard.count('changed') === 2);
    expect(g.heard.texts(direct).at(-1)).toBe('typo');
    await until(() => a.heard.logs.get(direct)?.at(-1)?.body.kind === 'reaction');
    await g.client.typing(direct, true);
    await until(() => a.heard.count('typing') > 0);
    await g.client.read(direct, two.seq);
    await until(() => a.heard.count('read') > 0);
    await until(() => a.heard.count('delivered') > 0);
    await expect(a.client.edit(direct, 999_999, { kind: 'text', text: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await Promise.all([a.client.close(), g.client.close()]);
  });

  it('wraps the HTTP API: friends, groups, preferences, devices, refusals', async () => {
    const request = await ada.http.askFriend(grace.user, 'hello', 'Gracie');
    expect((await grace.http.friendRequests()).incoming.map((one) => one.message)).toEqual(['hello']);
    await grace.http.acceptFriend(request.id);
    expect((await ada.http.friends()).map((friend) => friend.remark)).toEqual(['Gracie']);
    const { groupId, conversation } = await ada.http.createGroup('Compilers', [grace.user], 'invite');
    expect((await grace.http.group(groupId)).role).toBe('member');
    await ada.http.changeMember(groupId, grace.user, { role: 'admin' });
    expect((await ada.http.members(groupId)).items.map((member) => member.role).sort()).toEqual([
      'admin',
      'owner',
    ]);
    expect((await grace.http.prefer(conversation, { pinned: true }))?.pinned).toBe(true);
    expect((await grace.http.sessions()).map((session) => session.device.id).sort()).toEqual([
      'laptop',
      'phone',
    ]);
    await expect(grace.http.dissolveGroup(groupId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(new MagpieHttp(server.http, 'wrong').me()).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('ends when the device is logged out elsewhere', async () => {
    const tablet = await person('grace', 'tablet');
    const t = await connect(tablet, 'tablet');
    await until(() => t.heard.count('caught-up') === 1);
    const session = (await grace.http.sessions()).find((one) => one.device.id === 'tablet');
    await grace.http.logOut(session?.id ?? 0);
    await until(() =>
      t.heard.events.some((event) => event.type === 'connection' && event.state.is === 'ended'),
    );
  });
});
