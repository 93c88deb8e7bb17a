import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, Person, Tab } from '../testing/browser.js';
import { Server } from '../testing/server.js';

let server: Server;
let browser: Browser;
let ada: Person;
let grace: Person;
let alan: Person;

beforeAll(async () => {
  server = await Server.start();
  browser = await launch();
  ada = await Person.register(server, 'ada', 'Ada');
  grace = await Person.register(server, 'grace', 'Grace');
  alan = await Person.register(server, 'alan', 'Alan');
  await ada.befriend(grace);
  await ada.befriend(alan);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([ada, grace, alan].map((person) => person?.client.close()));
  await server?.close();
});

describe('a group', () => {
  it('has every setting of the API', async () => {
    const { groupId, conversation } = await ada.http.createGroup('Tea', [grace.user], 'invite');
    const a = await Tab.open(browser, server);
    const { page } = a;
    await a.signIn('ada');
    await a.chat('Tea');
    await page.getByRole('button', { name: 'Group details' }).click();
    const group = () => grace.http.group(groupId);
    const members = async () => (await ada.http.members(groupId)).items;
    const grown = async () => (await members()).find((one) => one.user === grace.user);
    const menu = async (of: string, item: string) => {
      await page.getByRole('button', { name: `More: ${of}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    const write = async (label: string, value: string) => {
      await page.getByRole('dialog').getByRole('textbox', { name: label }).fill(value);
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    };

    await page.getByRole('button', { name: 'Edit: Group name' }).click();
    await write('Edit', 'Tea & cake');
    await page.locator('.pane header h1', { hasText: 'Tea & cake' }).waitFor();
    await page.getByRole('switch', { name: 'New members see earlier messages' }).click();
    await expect.poll(async () => (await group()).historyOpen).toBe(true);
    await page.getByLabel('Who may join').selectOption('approval');
    await expect.poll(async () => (await group()).joinPolicy).toBe('approval');

    const kenji = await Person.register(server, 'kenji', 'Kenji');
    expect((await kenji.http.joinGroup(groupId, { message: 'May I?' })).state).toBe('asked');
    await page.getByRole('button', { name: 'Group details' }).click();
    await page.getByRole('button', { name: 'Group details' }).click();
    await page
      .locator('.info .member', { hasText: 'May I?' })
      .getByRole('button', { name: 'Accept' })
      .click();
    await expect.poll(async () => (await members()).length).toBe(3);

    await page.getByLabel('Who may join').selectOption('password');
    await write('Edit', 'earl grey');
    await expect.poll(async () => (await group()).joinPolicy).toBe('password');
    const linnea = await Person.register(server, 'linnea', 'Linnea');
    await expect(linnea.http.joinGroup(groupId, { password: 'oolong' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await linnea.http.joinGroup(groupId, { password: 'earl grey' })).state).toBe('member');

    await page.getByRole('button', { name: 'Add members' }).click();
    await page.getByRole('checkbox', { name: 'Alan' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    await expect.poll(async () => (await members()).length).toBe(5);
    await menu('Grace', 'Nickname in this group');
    await write('Edit', 'Amazing Grace');
    await expect.poll(async () => (await grown())?.nickname).toBe('Amazing Grace');
    await menu('Amazing Grace', 'Mute for a day');
    await expect.poll(async () => (await grown())?.mutedUntil ?? 0).toBeGreaterThan(Date.now());
    await expect(grace.say(conversation, 'but')).rejects.toMatchObject({ code: 'muted' });
    await menu('Amazing Grace', 'End the mute');
    await expect.poll(async () => (await grown())?.mutedUntil ?? 0).toBe(0);
    await menu('Kenji', 'Remove from group');
    await expect.poll(async () => (await members()).map((one) => one.user)).not.toContain(kenji.user);
    await page.getByRole('button', { name: 'My nickname here' }).click();
    await write('Edit', 'Countess');
    await expect.poll(async () => (await members()).some((one) => one.nickname === 'Countess')).toBe(true);
    await page.getByRole('switch', { name: 'Muted' }).click();
    await expect.poll(async () => (await ada.http.prefer(conversation, {}))?.muted).toBe(true);

    await menu('Amazing Grace', 'Hand the group over');
    await page.getByRole('dialog').getByRole('button', { name: 'Hand the group over' }).click();
    await expect.poll(async () => (await group()).owner).toBe(grace.user);
    await page.getByRole('button', { name: 'Leave group' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave group' }).click();
    await expect.poll(async () => (await grace.http.members(groupId)).items.length).toBe(3);
    const g = await Tab.open(browser, server);
    await g.signIn('grace');
    await g.chat('Tea & cake');
    await g.page.getByRole('button', { name: 'Group details' }).click();
    await g.page.getByRole('button', { name: 'Dissolve group' }).click();
    await g.page.getByRole('dialog').getByRole('button', { name: 'Dissolve group' }).click();
    await expect.poll(() => alan.http.group(groupId).then((one) => one.dissolvedAt ?? 0, () => 1)).toBeGreaterThan(0); // prettier-ignore
    expect([...a.complaints, ...g.complaints]).toEqual([]);
    await Promise.all([kenji, linnea].map((person) => person.client.close()));
    await Promise.all([a.context.close(), g.context.close()]);
  });
});

describe('the app', () => {
  it('is worked with the keyboard alone, and keeps what was begun', async () => {
    await grace.say(grace.with(ada), 'Press any key');
    await alan.say(alan.with(ada), 'Me too');
    const a = await Tab.open(browser, server);
    await a.signIn('ada');
    const { page } = a;
    const row = (name: string) => page.locator('.row', { has: page.locator('.title', { hasText: name }) });
    await row('Grace').locator('.dot').waitFor();
    const tabTo = async (selector: string) => {
      for (let i = 0; i < 40; i++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
          return;
        }
        await page.keyboard.press('Tab');
      }
      throw new Error(`no way to ${selector} by Tab`);
    };
    await tabTo(`.row[data-conversation="${ada.with(grace)}"]`);
    await page.keyboard.press('Enter');
    await page.locator('.scroller.ready').waitFor();
    await tabTo('.composer textarea');
    await page.keyboard.type('first line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second line');
    await page.keyboard.press('Enter');
    await expect.poll(() => a.message('first line').locator('.text').textContent()).toBe('first line\nsecond line'); // prettier-ignore
    await page.keyboard.type('not yet said');
    await page.keyboard.press('Shift+Tab');
    await tabTo(`.row[data-conversation="${ada.with(alan)}"]`);
    await page.keyboard.press('Enter');
    await page.locator('.pane header h1', { hasText: 'Alan' }).waitFor();
    await row('Grace').getByText('Draft: not yet said').waitFor();
    await tabTo('.tools button[aria-label="More"]');
    await page.keyboard.press('Enter');
    await page.locator('.veil .menu').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.reaction').count()).toBe(1);
    await page.reload();
    await row('Grace').getByText('Draft: not yet said').waitFor();
    expect(a.complaints).toEqual([]);
    await a.context.close();
  });

  it('shows who one is, and takes the theme one chose', async () => {
    const a = await Tab.open(browser, server);
    await a.signIn('ada');
    const { page } = a;
    await page.goto(`${server.http}/#/settings/profile`);
    await page.getByLabel('Display name').fill('Ada L.');
    await page.getByLabel('About me').fill('Numbers');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await grace.http.user(ada.user)).nickname).toBe('Ada L.');
    await page.getByLabel('Current password').fill('correct horse');
    await page.getByLabel('New password').fill('battery staple');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.locator('.toast', { hasText: 'Changed' }).waitFor();
    await page.goto(`${server.http}/#/settings/appearance`);
    await page.getByRole('button', { name: 'Dark' }).click();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await page.reload();
    await page.locator('.choice').waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    expect(a.complaints).toEqual([]);
    await a.context.close();
  });

  it('can be installed', async () => {
    const manifest = (await (await fetch(`${server.http}/manifest.webmanifest`)).json()) as {
      name: string;
      start_url: string;
      display: string;
      icons: { src: string; sizes: string }[];
    };
    expect(manifest).toMatchObject({ name: 'Magpie', display: 'standalone' });
    for (const { src } of manifest.icons) {
      const icon = await fetch(new URL(src, `${server.http}/`));
      expect([src, icon.status, icon.headers.get('content-type')?.startsWith('image/')]).toEqual([
        src,
        200,
        true,
      ]);
    }
    expect(await (await fetch(server.http)).text()).toContain('rel="manifest"');
  });
});
