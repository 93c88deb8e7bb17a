import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { Content, Uploaded } from '../client/src/index.js';
import { Person } from './browser.js';
import { landscape } from './pictures.js';
import type { Server } from './server.js';

export interface World {
  ada: Person;
  grace: Person;
  others: Person[];
  group: number;
}

/** People who know each other and have talked: for pictures, and to look around in. */
export async function populate(server: Server): Promise<World> {
  const ada = await Person.register(server, 'ada', 'Ada Lovelace');
  const grace = await Person.register(server, 'grace', 'Grace Hopper');
  const names: [string, string][] = [
    ['alan', 'Alan Turing'],
    ['linnea', 'Linnea Berg'],
    ['xiaoming', '王小明'],
    ['margaret', 'Margaret Hamilton'],
    ['kenji', 'Kenji Mori'],
  ];
  const others: Person[] = [];
  for (const [username, nickname] of names) {
    others.push(await Person.register(server, username, nickname));
  }
  const [alan, linnea, xiaoming, margaret, kenji] = others as [Person, Person, Person, Person, Person];
  for (const other of [grace, alan, linnea, xiaoming, margaret]) {
    await ada.befriend(other);
  }
  await kenji.http.askFriend(ada.user, 'We met at the compiler meetup in Kyoto');
  await ada.http.changeMe({ bio: 'Poetical science.' });

  await linnea.say(linnea.with(ada), 'The train is at 8:14, platform 9');
  await ada.say(ada.with(linnea), 'Perfect, see you there 🚆');
  await alan.say(alan.with(ada), 'Did the proof arrive?');
  await xiaoming.say(xiaoming.with(ada), '周末一起去爬山吗？');
  await ada.say(ada.with(xiaoming), '好啊，几点出发？');
  await xiaoming.say(xiaoming.with(ada), '早上七点，老地方见 ⛰️');

  const direct = ada.with(grace);
  await grace.say(direct, 'Morning! The nightly build is green again 🎉');
  await ada.say(direct, 'Finally. What was it?');
  const cause = await grace.say(direct, 'A moth. In the relay. Again.');
  await grace.say(direct, 'I taped it into the log book, page 92:\nhttps://example.org/log/92');
  await ada.say(direct, 'First actual case of a bug being found 😄', cause.seq);
  await ada.client.react(direct, cause.seq, '😂', true);
  await grace.client.react(direct, cause.seq, '🦋', true);
  await grace.say(direct, 'Noon at the usual place? I want to show you the new compiler.');
  await ada.say(direct, 'Noon works. I’ll bring the notes on the engine.');
  await grace.client.read(direct, 9);
  await grace.say(direct, '👍');

  const { groupId, conversation } = await ada.http.createGroup(
    'Compilers & Tea',
    [grace.user, alan.user, linnea.user, margaret.user],
    'invite',
  );
  await ada.http.changeMember(groupId, grace.user, { role: 'admin' });
  await ada.http.changeGroup(groupId, { announcement: 'Tea is at four. Bring a cup and one idea.' });
  await margaret.say(conversation, 'The guidance code is reviewed, thanks everybody.');
  await alan.say(conversation, 'I have a question about the halting part.');
  await grace.say(conversation, 'It stops. I checked.');
  const idea = await linnea.say(conversation, 'Can we move tea to the garden today?');
  await margaret.client.react(conversation, idea.seq, '❤️', true);
  await alan.client.react(conversation, idea.seq, '👍', true);
  await grace.client.send(conversation, { kind: 'text', text: '@Ada Lovelace your turn to bring the biscuits 🍪' }, { mentions: [ada.user] }); // prettier-ignore
  await ada.http.prefer(conversation, { pinned: true });
  await ada.http.prefer(ada.with(alan), { muted: true });
  return { ada, grace, others, group: groupId };
}

const recordings = resolve(
  import.meta.dirname,
  '../../adapters/media/src/test/resources/io/magpie/adapter/media',
);

/** Everything but text, in the conversation with Margaret. */
export async function illustrate({ ada, others }: World, page: Page): Promise<string> {
  const margaret = others[3]!;
  const conversation = ada.with(margaret);
  const upload = (by: Person, bytes: Buffer): Promise<Uploaded> =>
    by.http.upload(new Blob([new Uint8Array(bytes)]));
  const picture = async (by: Person, width: number, height: number, seed: number): Promise<void> => {
    const { fileId, thumbnail, blurhash } = await upload(by, await landscape(page, width, height, seed));
    await by.client.send(conversation, {
      ...{ kind: 'image', file: fileId, width, height },
      ...(thumbnail ? { thumbnail } : {}),
      ...(blurhash ? { blurhash } : {}),
    } as Content);
  };
  await margaret.say(conversation, 'We are up here since five. Look at that!');
  await picture(margaret, 1600, 1000, 1);
  await ada.client.send(conversation, { kind: 'sticker', pack: 'magpie', name: 'love' });
  const voice = await upload(margaret, readFileSync(resolve(recordings, 'voice.webm')));
  await margaret.client.send(conversation, {
    kind: 'voice',
    file: voice.fileId,
    durationMs: 7400,
    waveform: Array.from({ length: 60 }, (_, i) =>
      Math.round(30 + 210 * Math.abs(Math.sin(i / 3) * Math.cos(i / 7))),
    ),
    transcript: 'Back at seven. Don’t wait with dinner.',
  });
  const plan = await upload(ada, Buffer.concat([Buffer.from('%PDF-1.7 a plan'), Buffer.alloc(481_000)]));
  await ada.client.send(conversation, {
    ...{ kind: 'file', file: plan.fileId, name: 'Route over the ridge.pdf' },
    ...{ size: plan.size, mime: plan.mime },
  } as Content);
  return conversation;
}
