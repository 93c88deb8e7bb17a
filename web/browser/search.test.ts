import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, Person, phone, Tab } from '../testing/browser.js';
import { Server } from '../testing/server.js';

let server: Server;
let browser: Browser;
let ada: Person;
let grace: Person;

beforeAll(async () => {
  server = await Server.start('--set', 'limits.sendsPerSecond=100000', '--set', 'limits.sendBurst=100000');
  browser = await launch();
  ada = await Person.register(server, 'ada', 'Ada');
  grace = await Person.register(server, 'grace', 'Grace');
  await ada.befriend(grace);
  const said = Array.from({ length: 600 }, (_, n) => `lorem ipsum ${n}`);
  said[100] = 'The heliotrope key is under the mat';
  said[300] = '明天中午一起吃饭吗';
  said[590] = '<img src=x onerror=alert(1)> heliotropes';
  await Promise.all(said.map((text) => grace.say(grace.with(ada), text)));
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([ada, grace].map((person) => person?.client.close()));
  await server?.close();
});

describe('search', () => {
  it('finds messages by their words and goes to them', async () => {
    const a = await Tab.open(browser, server);
    await a.signIn('ada');
    const field = a.page.locator('.list .search input');
    await field.fill('HELIO');
    const found = a.page.locator('.found');
    await found.nth(1).waitFor();
    expect(await found.allTextContents()).toHaveLength(2);
    expect(await found.nth(1).locator('mark').textContent()).toBe('helio');
    expect(await found.nth(0).locator('img[src=x]').count()).toBe(0);
    expect(await a.barriers()).toEqual([]);

    await found.nth(1).click();
    await a.page.locator('.pane header h1', { hasText: 'Grace' }).waitFor();
    const old = a.message('The heliotrope key is under the mat');
    await old.waitFor();
    await expect.poll(() => visible(a, 'The heliotrope key')).toBe(true);

    await found.nth(0).click();
    await expect.poll(() => visible(a, 'heliotropes')).toBe(true);
    await found.nth(1).click();
    await expect.poll(() => visible(a, 'The heliotrope key')).toBe(true);

    await field.fill('heliotrope nowhere');
    await a.page.locator('.none').waitFor();
    await field.fill('lorem');
    await found.nth(19).waitFor();
    await a.page.getByRole('button', { name: 'More messages' }).click();
    await found.nth(39).waitFor();
    expect(a.complaints).toEqual([]);
    await a.context.close();
  });

  it('finds Chinese by any part, on a phone', async () => {
    const a = await Tab.open(browser, server, { locale: 'zh-CN', viewport: phone, hasTouch: true });
    await a.signIn('ada');
    await a.page.locator('.list .search input').fill('中午');
    await a.page.locator('h2', { hasText: '消息' }).waitFor();
    await a.page.locator('.found', { hasText: '明天中午一起吃饭吗' }).click();
    await a.page.locator('.scroller.ready').waitFor();
    await expect.poll(() => visible(a, '明天中午一起吃饭吗')).toBe(true);
    expect(a.complaints).toEqual([]);
    await a.context.close();
  });
});

/** Whether a message with this text can be seen as it stands. */
function visible(tab: Tab, text: string): Promise<boolean> {
  return tab.page.locator('article.message', { hasText: text }).evaluateAll((articles) =>
    articles.some((article) => {
      const { top, bottom } = article.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight && bottom > top;
    }),
  );
}
