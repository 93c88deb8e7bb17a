import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktop, launch, phone, Tab } from '../testing/browser.js';
import { Server } from '../testing/server.js';
import { landscape } from '../testing/pictures.js';
import { illustrate, populate, type World } from '../testing/world.js';

const folder = resolve(import.meta.dirname, '../target/screens');
let server: Server;
let browser: Browser;
let world: World;
let illustrated: string;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  server = await Server.start();
  browser = await launch();
  world = await populate(server);
  const page = await browser.newPage();
  await page.goto(server.http);
  illustrated = await illustrate(world, page);
  await page.close();
});

afterAll(async () => {
  await browser?.close();
  await Promise.all(
    [world?.ada, world?.grace, ...(world?.others ?? [])].map((person) => person?.client.close()),
  );
  await server?.close();
});

describe.each([
  ['desktop', 'light', desktop],
  ['desktop', 'dark', desktop],
  ['phone', 'light', phone],
  ['phone', 'dark', phone],
] as const)('on a %s, %s', (device, scheme, viewport) => {
  it('every main screen is drawn and has no serious barrier', async () => {
    const tab = await Tab.open(browser, server, {
      viewport,
      colorScheme: scheme,
      hasTouch: device === 'phone',
      deviceScaleFactor: 1,
    });
    const { page } = tab;
    const barriers: string[] = [];
    const shoot = async (name: string) => {
      await tab.still();
      await page.screenshot({ path: join(folder, `${name}-${device}-${scheme}.png`) });
      barriers.push(...(await tab.barriers()).map((barrier) => `${name}: ${barrier}`));
    };
    await shoot('sign-in');
    await tab.signIn('ada');
    await page.locator('.row', { hasText: 'Compilers & Tea' }).waitFor();
    await shoot('list');
    await tab.chat('Grace Hopper');
    await page.locator('.reaction').first().waitFor();
    await shoot('direct');
    await tab.message('A moth').locator('.bubble').click({ button: 'right' });
    await shoot('menu');
    await page.keyboard.press('Escape');
    await page.locator('.composer .icon-button[aria-label=Emoji]').click();
    await page.locator('.emoji').nth(40).waitFor();
    await shoot('emoji');
    await page.getByRole('button', { name: 'Stickers' }).click();
    await page.locator('.pack button').nth(7).waitFor();
    await shoot('stickers');
    await page.keyboard.press('Escape');
    await page.goto(`${server.http}/#/c/${illustrated}`);
    await page.locator('article .picture img[src^="blob:"]').waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await page.mouse.move(0, 0);
    await shoot('media');
    await page.locator('article .picture').click();
    await page.getByRole('dialog').locator('img:not(.small)').waitFor();
    await shoot('picture');
    await page.keyboard.press('Escape');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/v1/files', async (route) => {
      await (route.request().method() === 'POST' ? held : undefined);
      await route.abort('failed').catch(() => undefined);
    });
    await page.locator('.composer input[type=file]').setInputFiles([
      { name: 'above the clouds.png', mimeType: 'image/png', buffer: await landscape(page, 800, 500, 2) },
      { name: 'film.bin', mimeType: '', buffer: Buffer.from('not much') },
    ]);
    await page.locator('[data-upload=going]').nth(1).waitFor();
    await shoot('uploading');
    release();
    await page.locator('[data-upload=failed]').nth(1).waitFor();
    await shoot('upload-failed');
    await page.getByRole('button', { name: 'Discard' }).first().click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.unroute('**/api/v1/files');
    await page.goto(`${server.http}/#/c/g.${world.group}`);
    await tab.message('halting').waitFor();
    await shoot('group');
    await page.locator('.pane header .icon-button[aria-label="Group details"]').click();
    await page.locator('.info .member').nth(4).waitFor();
    await shoot('group-details');
    await page.goto(`${server.http}/#/contacts/requests`);
    await page.locator('.request').first().waitFor();
    await shoot('requests');
    await page.goto(`${server.http}/#/contacts/find`);
    await page.getByPlaceholder('Find people').fill('ken');
    await page.locator('.cards .entry', { hasText: 'Kenji' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).waitFor();
    await shoot('person');
    await page.keyboard.press('Escape');
    await page.goto(`${server.http}/#/`);
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByRole('menuitem', { name: 'New group' }).click();
    await page.getByRole('checkbox', { name: 'Grace' }).click();
    await shoot('new-group');
    await page.keyboard.press('Escape');
    await page.goto(`${server.http}/#/c/${world.ada.with(world.others[2]!)}`);
    await tab.message('老地方见').waitFor();
    await tab.context.setOffline(true);
    await tab.say('我带水果和面包');
    await page.locator('.offline').waitFor();
    await shoot('offline');
    await tab.context.setOffline(false);
    await page.locator('.offline').waitFor({ state: 'detached' });
    await page.goto(`${server.http}/#/settings/appearance`);
    await page.locator('.choice').waitFor();
    await shoot('appearance');
    await page.goto(`${server.http}/#/settings/profile`);
    await page.locator('.card.form').first().waitFor();
    await shoot('profile');
    await page.getByRole('button', { name: 'Change picture' }).click();
    await page
      .getByLabel('Picture', { exact: true })
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: await landscape(page, 900, 600, 3) });
    await page.getByLabel('Zoom', { exact: true }).waitFor();
    await shoot('crop');
    await page.keyboard.press('Escape');
    await page.goto(`${server.http}/#/settings/devices`);
    await page.locator('.device').first().waitFor();
    await shoot('devices');
    expect(barriers).toEqual([]);
    expect(tab.complaints).toEqual([]);
    await tab.context.close();
  });
});
