import { Person } from './browser.js';
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
