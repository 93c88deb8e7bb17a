import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MagpieClient } from '../client/src/index.js';
import { launch, Person, phone, Tab } from '../testing/browser.js';
import { Server } from '../testing/server.js';

let server: Server;
let browser: Browser;
let ada: Person;
let grace: Person;
const tabs: Tab[] = [];

async function tab(username: string, options: Parameters<typeof Tab.open>[2] = {}): Promise<Tab> {
  const opened = await Tab.open(browser, server, options);
  tabs.push(opened);
  await opened.signIn(username);
  return opened;
}

beforeAll(async () => {
  server = await Server.start('--set', 'limits.sendsPerSecond=100000', '--set', 'limits.sendBurst=100000');
  browser = await launch();
  ada = await Person.register(server, 'ada', 'Ada');
  grace = await Person.register(server, 'grace', 'Grace');
  await ada.befriend(grace);
  await grace.say(grace.with(ada), 'Hello Ada');
});

afterEach(async () => {
  const complaints = tabs.flatMap((one) => one.complaints);
  await Promise.all(tabs.splice(0).map((one) => one.context.close()));
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([ada, grace].map((person) => person?.client.close()));
  await server?.close();
});

describe('two people and a third device', () => {
  it('register, find each other and become contacts', async () => {
    const mary = await Tab.open(browser, server);
    tabs.push(mary);
    await mary.page.click('button.other');
    await mary.page.fill('input[name=username]', 'mary');
    await mary.page.fill('input[name=nickname]', 'Mary Shelley');
    await mary.page.fill('input[name=password]', 'correct horse');
    await mary.page.click('form button.primary');
    await mary.page.locator('.empty').waitFor();
    await mary.page.locator('.search input').fill('grace');
    await mary.page.locator('.person', { hasText: 'Grace' }).click();
    await mary.page.getByLabel('Say hello').fill('It’s Mary');
    await mary.page.getByRole('button', { name: 'Send request' }).click();
    const g = await tab('grace');
    await g.page.locator('.tab', { hasText: 'Contacts' }).click();
    await g.page
      .locator('.request', { hasText: 'It’s Mary' })
      .getByRole('button', { name: 'Accept' })
      .click();
    await g.page.locator('.entry', { hasText: 'Mary Shelley' }).click();
    await g.page.getByLabel('What I call this person').fill('M.');
    await g.page.getByLabel('What I call this person').press('Enter');
    await g.page.getByRole('button', { name: 'Send a message' }).click();
    await g.page.locator('.pane header h1', { hasText: 'M.' }).waitFor();
    await g.say('Welcome, Mary');
    await mary.page.keyboard.press('Escape');
    await mary.page.locator('.row', { hasText: 'Welcome, Mary' }).waitFor();
  });

  it('write, answer, edit, react and recall, everywhere at once', async () => {
    const a = await tab('ada');
    const a2 = await tab('ada', { viewport: phone, hasTouch: true });
    const g = await tab('grace');
    await a.page.locator('.row', { hasText: 'Hello Ada' }).locator('.badge', { hasText: '1' }).waitFor();
    expect(await a.page.title()).toMatch(/^\(\d+\) Magpie$/);
    await a.chat('Grace');
    await a2.chat('Grace');
    await g.chat('Ada');
    await a.page.locator('.row', { hasText: 'Hello Ada' }).locator('.badge').waitFor({ state: 'detached' });

    await a.say('Noon?');
    for (const one of [a, a2, g]) {
      await one.message('Noon?').waitFor();
    }
    await a.page.locator('article[data-state=read]', { hasText: 'Noon?' }).waitFor();

    await g.field.pressSequentially('ok');
    await a.page.locator('.under', { hasText: 'typing' }).waitFor();
    await g.page.locator('.composer [aria-label=Emoji]').click();
    await g.page.getByPlaceholder('Search emoji').fill('party');
    await g.page.locator('.emoji').first().click();
    await g.field.press('Enter');
    await a2.message('ok').waitFor();
    expect(await a.message('ok').locator('.text').textContent()).toMatch(/^ok\p{Extended_Pictographic}/u);

    await g.act('Noon?', 'Reply');
    await g.say('Two minutes late');
    await a.message('Two minutes late').locator('.quote', { hasText: 'Noon?' }).waitFor();

    await g.act('Two minutes late', 'Edit');
    await g.say('Three minutes late');
    await a.message('Three minutes late').getByText('edited').waitFor();
    await a2.message('Three minutes late').waitFor();
    await g.field.press('ArrowUp');
    await g.page.locator('.about', { hasText: 'Edit message' }).waitFor();
    expect(await g.field.inputValue()).toBe('Three minutes late');
    await g.field.press('Escape');

    await a.message('Three minutes late').locator('.bubble').click({ button: 'right' });
    await a.page.locator('.quick button', { hasText: '👍' }).click();
    await g.message('Three minutes late').locator('.reaction', { hasText: '👍1' }).click();
    await a.message('Three minutes late').locator('.reaction', { hasText: '👍2' }).waitFor();

    await a.say('Never mind');
    await g.message('Never mind').waitFor();
    await a.act('Never mind', 'Recall');
    for (const one of [a, a2, g]) {
      await one.page.locator('.event', { hasText: 'recalled a message' }).waitFor();
      expect(await one.page.getByText('Never mind', { exact: true }).count()).toBe(0);
    }
    await a.page.locator('.event').getByRole('button', { name: 'Edit again' }).click();
    expect(await a.field.inputValue()).toBe('Never mind');
  });

  it('found a group, with roles, mentions and who has read', async () => {
    const a = await tab('ada');
    const g = await tab('grace');
    await a.page.getByRole('button', { name: 'New conversation' }).click();
    await a.page.getByRole('menuitem', { name: 'New group' }).click();
    await a.page.getByLabel('Group name').fill('Tea');
    await a.page.getByRole('checkbox', { name: 'Grace' }).click();
    await a.page.getByRole('button', { name: 'Create group' }).click();
    await a.page.locator('.pane header h1', { hasText: 'Tea' }).waitFor();
    await g.chat('Tea');
    await a.field.pressSequentially('Hi @Gra');
    await a.page.getByRole('option', { name: 'Grace' }).waitFor();
    await a.field.press('Enter');
    await a.field.pressSequentially('look');
    await a.field.press('Enter');
    await g.page.locator('article.mentioned', { hasText: 'Hi @Grace look' }).locator('b').waitFor();

    await a.page.getByRole('button', { name: 'Group details' }).click();
    await a.page.getByRole('button', { name: 'More: Grace' }).click();
    await a.page.getByRole('menuitem', { name: 'Make admin' }).click();
    await g.page.locator('.event', { hasText: 'made You admin' }).waitFor();
    await a.page.locator('.role.admin').waitFor();
    await g.page.getByRole('button', { name: 'Group details' }).click();
    await g.page.getByRole('button', { name: 'Edit: Announcement' }).click();
    await g.page.getByRole('textbox', { name: 'Announcement' }).fill('Tea at four');
    await g.page.getByRole('button', { name: 'Save' }).click();
    await a.page.locator('.announcement', { hasText: 'Tea at four' }).waitFor();

    await a.act('Hi @Grace look', 'Who has read it');
    await a.page.locator('.readers li', { hasText: 'Grace' }).waitFor();
    await a.page.keyboard.press('Escape');
    await a.page.getByRole('switch', { name: 'Only admins may write' }).click();
    await g.page.locator('.event', { hasText: 'only admins write' }).waitFor();
  });

  it('keep writing while the network is gone and the server is killed', async () => {
    const a = await tab('ada');
    const g = await tab('grace');
    await a.chat('Grace');
    await g.chat('Ada');
    await a.context.setOffline(true);
    for (const text of ['one', 'two', 'three']) {
      await a.say(`offline ${text}`);
    }
    await a.page.locator('article[data-state=waiting]').nth(2).waitFor();
    await a.page.locator('.offline').waitFor();
    await a.message('Hello Ada').waitFor();
    await a.context.setOffline(false);
    await g.message('offline three').waitFor();

    await server.kill();
    await a.say('while it is down');
    await a.page.locator('article[data-state=waiting]').waitFor();
    await server.start();
    await g.message('while it is down').waitFor({ timeout: 60_000 });
    await a.page.locator('article[data-state=waiting]').waitFor({ state: 'detached' });
    const texts = await g.page.locator('article .text').allTextContents();
    const ours = texts.filter((text) => text.startsWith('offline') || text === 'while it is down');
    expect(ours).toEqual(['offline one', 'offline two', 'offline three', 'while it is down']);
  });

  it('pin, mute, forward, copy and block', async () => {
    const a = await tab('ada', { permissions: ['clipboard-read', 'clipboard-write'] });
    const g = await tab('grace');
    await g.chat('Ada');
    await g.say('pass it on');
    await a.chat('Grace');
    await a.message('pass it on').waitFor();
    await a.act('pass it on', 'Copy');
    await expect.poll(() => a.page.evaluate(() => navigator.clipboard.readText())).toBe('pass it on');
    await a.act('pass it on', 'Forward');
    await a.page.getByRole('dialog').getByRole('button', { name: 'Tea' }).click();
    await a.page.locator('.row', { hasText: 'Tea' }).getByText('pass it on').waitFor();

    const row = a.page.locator('.row', { has: a.page.locator('.title', { hasText: 'Grace' }) });
    await row.click({ button: 'right' });
    await a.page.getByRole('menuitem', { name: 'Pin' }).click();
    await a.page.locator('.row.pinned .title', { hasText: 'Grace' }).waitFor();
    await row.click({ button: 'right' });
    await a.page.getByRole('menuitem', { name: 'Mute' }).click();
    await row.getByLabel('Muted').waitFor();

    await a.page.locator('.pane header .icon-button[aria-label=Profile]').click();
    await a.page.getByRole('button', { name: 'Block' }).click();
    await a.page.getByRole('dialog').last().getByRole('button', { name: 'Block' }).click();
    await a.page.locator('.closed', { hasText: 'You have blocked this person' }).waitFor();
    await g.say('hello?');
    await g.page.locator('article[data-state=failed]', { hasText: 'hello?' }).getByText('blocked').waitFor();
    await a.page.getByRole('button', { name: 'Unblock' }).click();
    await a.page.keyboard.press('Escape');
    await a.page.locator('.composer').waitFor();
    await g.page.getByRole('button', { name: 'Send again' }).click();
    await a.message('hello?').waitFor();
  });

  it('are told of what comes while they look elsewhere', async () => {
    const a = await Tab.open(browser, server, { permissions: ['notifications'] });
    tabs.push(a);
    await a.page.addInitScript(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      window.Notification = class {
        static permission = 'granted';
        static requestPermission = () => Promise.resolve('granted');
        constructor(title: string, { body }: { body: string }) {
          told.push(`${title}: ${body}`);
        }
      } as unknown as typeof Notification;
    });
    await a.page.reload();
    await a.signIn('mary');
    await a.page.goto(`${server.http}/#/settings/appearance`);
    await a.page.getByRole('switch', { name: 'Desktop notifications' }).click();
    const mary = `d.${[grace.user, (await grace.http.findUsers('mary'))[0]!.userId].sort((x, y) => x - y).join('.')}`;
    await grace.say(mary, 'Look here');
    await a.page.waitForFunction(() =>
      (window as unknown as { told: string[] }).told.includes('Grace: Look here'),
    );
  });

  it('share one connection between tabs and open without network', async () => {
    const a = await tab('ada');
    const second = await a.context.newPage();
    await second.goto(server.http);
    await second.locator('.row', { hasText: 'Grace' }).first().waitFor();
    await a.page.close();
    await second
      .locator('.row', { has: second.locator('.title', { hasText: 'Grace' }) })
      .first()
      .click();
    await second.locator('.scroller.ready').waitFor();
    await second.locator('.composer textarea').fill('from the second tab');
    await second.locator('.composer textarea').press('Enter');
    await second
      .locator('article[data-state]:not([data-state=waiting])', { hasText: 'from the second tab' })
      .waitFor();
    await second.waitForFunction(
      async () => (await navigator.serviceWorker.ready).active?.state === 'activated',
    );
    await a.context.setOffline(true);
    await second.reload();
    await second.locator('article', { hasText: 'from the second tab' }).waitFor();
    await second.locator('.offline').waitFor();
    await a.context.setOffline(false);
  });

  it('speak Chinese', async () => {
    const a = await tab('ada', { locale: 'zh-CN' });
    await a.page.locator('h1', { hasText: '聊天' }).waitFor();
    await a.chat('Grace');
    await a.say('你好，世界！');
    await a.message('你好，世界！').waitFor();
    await a.page.locator('.tab', { hasText: '设置' }).click();
    await a.page.locator('.entry', { hasText: '外观' }).click();
    await a.page.getByLabel('语言').selectOption('en');
    await a.page.getByText('Appearance').first().waitFor();
    expect(await a.page.evaluate(() => document.documentElement.lang)).toBe('en');
  });

  it('sign out, which leaves nothing behind, and are signed out elsewhere', async () => {
    const a = await tab('ada');
    const other = await tab('ada');
    await a.page.goto(`${server.http}/#/settings/devices`);
    await a.page.locator('.device', { hasText: 'Chrome' }).nth(1).waitFor();
    await a.page.locator('.device', { hasText: 'Chrome' }).filter({ hasNotText: 'this device' }).first().getByRole('button').click(); // prettier-ignore
    await other.page.locator('.ended').waitFor();
    await a.page.getByRole('button', { name: 'Sign out' }).first().click();
    await a.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await a.page.locator('input[name=username]').waitFor();
    await a.page.waitForFunction(async () => (await indexedDB.databases()).length === 0);
  });
});

describe('a history of 20,000 messages', () => {
  it('opens at what is new, jumps, and scrolls both ways without losing the place', async () => {
    const history = await Person.register(server, 'historian', 'Historian');
    const conversation = history.with(ada);
    const client = history.client as MagpieClient;
    for (let from = 1; from <= 20_000; from += 500) {
      const sends = Array.from({ length: 500 }, (_, i) => {
        const n = from + i;
        const content = { kind: 'text' as const, text: `message ${n} ${'lorem ipsum '.repeat(n % 9)}` };
        return client.request({ type: 'send', conversation, clientId: `h${n}`, content });
      });
      await Promise.all(sends);
    }
    await history.say(conversation, 'back to the start', 10);
    const a = await tab('ada', { viewport: phone });
    await a.page.locator('.row', { hasText: 'Historian' }).locator('.badge', { hasText: '999+' }).waitFor();
    await a.chat('Historian');
    await a.message('message 1 ').waitFor();
    await a.page.getByRole('button', { name: 'To the newest message' }).click();
    await a.message('back to the start').waitFor();
    await a.page.locator('.row .badge').first().waitFor({ state: 'hidden' });

    const scroller = a.page.locator('.scroller');
    for (let i = 0; i < 12; i++) {
      await scroller.evaluate((box) => box.scrollBy(0, -2500));
      await a.page.waitForTimeout(120);
    }
    const numbers = async () =>
      (await a.page.locator('article .text').allTextContents()).map((text) =>
        Number(/^message (\d+)/.exec(text)?.[1]),
      );
    const seen = (await numbers()).filter((n) => n > 0);
    expect(Math.max(...seen)).toBeLessThan(19_900);
    expect(seen).toEqual([...seen].sort((x, y) => x - y));
    expect(await a.page.locator('article').count()).toBeLessThan(120);

    // What is looked at stays where it is while older ones come in above.
    const middle = a.page.locator('article').nth(Math.floor(seen.length / 2));
    const seq = await middle.getAttribute('data-seq');
    const place = async () => (await a.page.locator(`article[data-seq="${seq}"]`).boundingBox())?.y ?? NaN;
    await a.page.waitForTimeout(500);
    const before = await place();
    await a.page.waitForTimeout(700);
    expect(Math.abs((await place()) - before)).toBeLessThan(3);

    await a.page.getByRole('button', { name: 'To the newest message' }).click();
    await a.message('back to the start').locator('.quote').click();
    await a.page.locator('article.highlighted[data-seq="10"]').waitFor();
    for (let i = 0; i < 6; i++) {
      await scroller.evaluate((box) => box.scrollBy(0, 3000));
      await a.page.waitForTimeout(120);
    }
    const later = (await numbers()).filter((n) => n > 0);
    expect(Math.min(...later)).toBeGreaterThan(60);
    await a.page.getByRole('button', { name: 'Jump to a date' }).click();
    await a.page.locator('input[type=date]').fill('2020-01-01');
    await a.page.locator('article[data-seq="1"]').waitFor();
    await history.client.close();
  });
});

describe('hostile words', () => {
  const attacks = [
    '<img src=x onerror="window.hacked=1">',
    '<script>window.hacked=1</script>',
    '"><svg onload=window.hacked=1>',
    '{{constructor.constructor("window.hacked=1")()}}',
    'javascript:window.hacked=1',
    '[x](javascript:window.hacked=1) https://x.example/"onmouseover="window.hacked=1',
  ];

  it('stay words: in names, messages, groups, remarks and announcements', async () => {
    const mallory = await Person.register(server, 'mallory', attacks[0]!);
    await mallory.befriend(ada);
    await mallory.http.changeMe({ bio: attacks[2]!, avatar: 'https://localhost/"onerror="window.hacked=1' });
    for (const attack of attacks) {
      await mallory.say(mallory.with(ada), attack);
    }
    const { groupId, conversation } = await mallory.http.createGroup(
      attacks[2]!.slice(0, 60),
      [ada.user],
      'open',
    );
    await mallory.http.changeGroup(groupId, { announcement: attacks[1]! });
    await mallory.http.changeMember(groupId, mallory.user, { nickname: attacks[0]!.slice(0, 40) });
    await mallory.say(conversation, attacks[0]!);
    await mallory.client.send(mallory.with(ada), {
      kind: 'custom',
      schema: '<b>',
      data: { html: attacks[0] },
    });
    const page = await mallory.http.upload(new Blob([attacks[1]!], { type: 'text/html' }));
    await mallory.client.send(mallory.with(ada), { kind: 'file', file: page.fileId, name: attacks[0]!, size: page.size, mime: page.mime }); // prettier-ignore

    const a = await tab('ada');
    await a.chat('onerror');
    await a.message('constructor').waitFor();
    for (const attack of attacks) {
      expect(await a.page.locator('article .text', { hasText: attack }).first().textContent()).toBe(attack);
    }
    await a.page.locator('article .file', { hasText: 'onerror' }).waitFor();
    const links = await a.page
      .locator('article a')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    expect(links.filter((href) => !href.startsWith('https://'))).toEqual([]);
    await a.page.locator('.pane header .icon-button[aria-label=Profile]').click();
    await a.page.getByRole('dialog').getByText('onload').waitFor();
    await a.page.keyboard.press('Escape');
    await a.page.goto(`${server.http}/#/c/${conversation}`);
    await a.page.getByRole('button', { name: 'Group details' }).click();
    await a.page.locator('.announcement', { hasText: '<script>' }).waitFor();
    await a.page.goto(`${server.http}/#/contacts`);
    await a.page.waitForTimeout(300);
    expect(await a.page.evaluate(() => 'hacked' in window)).toBe(false);
    await mallory.client.close();
  });

  it('cannot run even where markup got in: the policy forbids it', async () => {
    const answer = await fetch(server.http);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    const page = await (await browser.newContext()).newPage();
    await page.goto(server.http);
    await page.evaluate(() => {
      const image = document.createElement('div');
      image.innerHTML = '<img src="x" onerror="window.hacked=1">';
      document.body.append(image);
      const script = document.createElement('script');
      script.textContent = 'window.hacked=1';
      document.body.append(script);
    });
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    await page.context().close();
    const asset = /assets\/index-[\w-]+\.js/.exec(await (await fetch(server.http)).text())?.[0] ?? '';
    const packed = await fetch(`${server.http}/${asset}`, { headers: { 'Accept-Encoding': 'br' } });
    expect(packed.headers.get('cache-control')).toContain('immutable');
    expect(packed.headers.get('content-encoding')).toBe('br');
  });
});
