import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Content } from '../client/src/index.js';
import type { Browser, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, Person, Tab } from '../testing/browser.js';
import { film, landscape } from '../testing/pictures.js';
import { Server } from '../testing/server.js';

const mostBytes = 2_097_152;
const folder = resolve(import.meta.dirname, '../target/screens');
let server: Server;
let browser: Browser;
let ada: Person;
let grace: Person;

async function newest(): Promise<Content | undefined> {
  const body = (await ada.client.before(ada.with(grace), undefined, 1)).entries[0]?.body;
  return body?.kind === 'message' ? body.content : undefined;
}

/** The newest message, once it is of this kind. */
async function content<K extends Content['kind']>(kind: K): Promise<Extract<Content, { kind: K }>> {
  await expect.poll(async () => (await newest())?.kind, { timeout: 30_000 }).toBe(kind);
  return (await newest()) as Extract<Content, { kind: K }>;
}

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  server = await Server.start('--set', `uploads.otherBytes=${mostBytes}`);
  browser = await launch();
  ada = await Person.register(server, 'ada', 'Ada');
  grace = await Person.register(server, 'grace', 'Grace');
  await grace.say(grace.with(ada), 'Hello');
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([ada, grace].map((person) => person?.client.close()));
  await server?.close();
});

describe('where the server takes files', () => {
  it('pictures, films, files and voice travel', async () => {
    const a = await Tab.open(browser, server, { permissions: ['microphone'] });
    const g = await Tab.open(browser, server);
    await a.signIn('ada');
    await a.chat('Grace');
    await g.signIn('grace');
    await g.chat('Ada');
    const image = await landscape(a.page, 1600, 1000);
    const chosen = a.page.locator('.composer input[type=file]');

    await chosen.setInputFiles({ name: 'sea.png', mimeType: 'image/png', buffer: image });
    await a.page.locator('article .picture img[src^="blob:"]').waitFor();
    const sent = await content('image');
    expect(sent).toMatchObject({ width: 1600, height: 1000 });
    expect(sent.thumbnail).toBeGreaterThan(0);
    await g.page.locator('article .picture img[src^="blob:"]').waitFor();
    expect(await g.page.locator('article .picture').getAttribute('style')).toContain('data:image/png');
    await g.page.locator('article .picture').click();
    const large = g.page.getByRole('dialog').locator('img[src^="blob:"]');
    await large.waitFor();
    expect(await large.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBe(
      1600,
    );
    await g.page.keyboard.press('Escape');

    await chosen.setInputFiles({ name: 'film.webm', mimeType: 'video/webm', buffer: await film(a.page) });
    const filmed = await content('video');
    expect(filmed).toMatchObject({ width: 320, height: 180 });
    expect(filmed.durationMs).toBeGreaterThan(800);
    const video = g.page.locator('article video[src*="signature="][poster^="blob:"]');
    await video.waitFor();
    await video.evaluate(async (player: HTMLVideoElement) => {
      player.muted = true;
      await player.play();
    });
    await expect
      .poll(() => video.evaluate((player: HTMLVideoElement) => player.currentTime))
      .toBeGreaterThan(0.2);

    await chosen.setInputFiles({
      name: '计划.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7 not much of one'),
    });
    const file = g.page.locator('article .file', { hasText: '计划.pdf' });
    const download = g.page.waitForEvent('download');
    await file.click();
    expect((await download).suggestedFilename()).toBe('计划.pdf');
    expect(await content('file')).toMatchObject({ mime: 'application/pdf' });

    await a.page.getByRole('button', { name: 'Record a voice message' }).click();
    await a.page.locator('.recording', { hasText: '0:02' }).waitFor();
    await a.page.getByRole('button', { name: 'Stop and send' }).click();
    const voice = await content('voice');
    expect(voice.waveform?.length).toBeGreaterThan(5);
    expect(voice.durationMs).toBeGreaterThan(1500);
    await g.page.locator('article .voice .play:not([disabled])').click();
    await g.page.locator('article .voice .played').first().waitFor();
    await g.page.screenshot({ path: join(folder, 'files-desktop-light.png') });
    expect([...a.complaints, ...g.complaints]).toEqual([]);
    await Promise.all([a.context.close(), g.context.close()]);
  });

  it('pictures are pasted and dropped, and people choose theirs', async () => {
    const a = await Tab.open(browser, server);
    await a.signIn('ada');
    await a.chat('Grace');
    const give = (how: 'paste' | 'drop', bytes: Buffer) =>
      a.page.evaluate(
        ([kind, base64]) => {
          const data = new DataTransfer();
          const raw = Uint8Array.from(atob(base64!), (letter) => letter.charCodeAt(0));
          data.items.add(new File([raw], 'given.png', { type: 'image/png' }));
          const event =
            kind === 'paste'
              ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
              : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
          document.querySelector('.composer textarea')!.dispatchEvent(event);
        },
        [how, bytes.toString('base64')],
      );
    await give('paste', await landscape(a.page, 300, 200));
    await expect.poll(async () => (await content('image')).width, { timeout: 20_000 }).toBe(300);
    await give('drop', await landscape(a.page, 200, 300));
    await expect.poll(async () => (await content('image')).height, { timeout: 20_000 }).toBe(300);

    await a.page.goto(`${server.http}/#/settings/profile`);
    await a.page.getByRole('button', { name: 'Change picture' }).click();
    await a.page
      .getByLabel('Picture', { exact: true })
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: await landscape(a.page) });
    await a.page
      .getByLabel('Picture', { exact: true })
      .setInputFiles({ name: 'me.heic', mimeType: 'image/heic', buffer: Buffer.from('ftypheic') });
    await a.page.locator('.toast.bad', { hasText: 'cannot read that picture' }).waitFor();
    await a.page.getByLabel('Zoom', { exact: true }).fill('2');
    await a.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await a.page.locator('.card .avatar img[src^="blob:"]').waitFor();
    expect((await ada.http.me()).avatar).toMatch(/^\d+$/);
    const g = await Tab.open(browser, server);
    await g.signIn('grace');
    await g.page.locator('.row .avatar img[src^="blob:"]').first().waitFor();
    expect([...a.complaints, ...g.complaints]).toEqual([]);
    await Promise.all([a.context.close(), g.context.close()]);
  });

  it('a broken picture is refused with a word', async () => {
    const a = await Tab.open(browser, server);
    await a.signIn('ada');
    await a.chat('Grace');
    await a.page.locator('.composer input[type=file]').setInputFiles({
      name: 'x.png',
      mimeType: 'image/png',
      buffer: Buffer.from('\x89PNG\r\n\x1a\nxx', 'latin1'),
    });
    const failed = a.page.locator('[data-upload=failed]');
    await failed.getByText('This file is damaged').waitFor();
    await failed.getByRole('button', { name: 'Discard' }).click();
    await failed.waitFor({ state: 'detached' });
    await a.context.close();
  });

  it('what is too large is refused before a byte of it is sent', async () => {
    const a = await Tab.open(browser, server);
    await a.signIn('ada');
    await a.chat('Grace');
    const sent: string[] = [];
    a.page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    const chosen = a.page.locator('.composer input[type=file]');
    await chosen.setInputFiles({ name: 'big.bin', mimeType: '', buffer: Buffer.alloc(3_145_728) });
    const failed = a.page.locator('[data-upload=failed]');
    await failed.getByText('Files may have at most 2.0 MB, this one has 3.0 MB.').waitFor();
    expect(await failed.getByRole('button', { name: 'Send again' }).count()).toBe(0);
    expect(sent).toEqual([]);
    expect(await a.barriers()).toEqual([]);
    await chosen.setInputFiles({ name: 'fits.bin', mimeType: '', buffer: Buffer.alloc(mostBytes) });
    await a.page.locator('article .file', { hasText: 'fits.bin' }).waitFor();
    expect(sent).toHaveLength(1);
    expect(a.complaints).toEqual([]);
    await a.context.close();
  });

  it('an upload is seen, can be given up, and goes on when the connection is back', async () => {
    const a = await Tab.open(browser, server);
    await a.signIn('ada');
    await a.chat('Grace');
    const held: Route[] = [];
    await a.page.route('**/api/v1/files', (route) =>
      route.request().method() === 'POST' ? void held.push(route) : route.fallback(),
    );
    const chosen = a.page.locator('.composer input[type=file]');
    const going = a.page.locator('[data-upload=going]');
    const picture = { name: 'pier.png', mimeType: 'image/png', buffer: await landscape(a.page, 400, 300, 4) };
    const text = { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear Grace') };
    await chosen.setInputFiles([picture, text]);
    await going.nth(1).waitFor();
    await going.nth(0).locator('img[src^="blob:"]').waitFor();
    expect(await a.barriers()).toEqual([]);
    await going.nth(0).getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => held.length, { timeout: 10_000 }).toBe(2);
    await a.context.setOffline(true);
    await held[1]!.abort('internetdisconnected');
    await a.page.locator('[data-upload=failed]').getByText('when the connection is back').waitFor();
    await a.page.unroute('**/api/v1/files');
    await a.context.setOffline(false);
    await a.page.locator('article.message .file', { hasText: 'letter.txt' }).waitFor({ timeout: 30_000 });
    expect(await content('file')).toMatchObject({ name: 'letter.txt' });
    expect(await a.page.locator('[data-upload]').count()).toBe(0);
    expect(a.complaints).toEqual([]);
    await a.context.close();
  });

  it('stickers are drawn, those of other packs are named', async () => {
    const a = await Tab.open(browser, server);
    await a.signIn('ada');
    await a.chat('Grace');
    await a.page.locator('.composer [aria-label=Emoji]').click();
    await a.page.getByRole('button', { name: 'Stickers' }).click();
    await a.page.getByRole('button', { name: 'Party' }).click();
    await a.page.locator('article svg.sticker[aria-label="Sticker: Party"]').waitFor();
    expect(await content('sticker')).toEqual({ kind: 'sticker', pack: 'magpie', name: 'party' });
    await grace.client.send(ada.with(grace), { kind: 'sticker', pack: 'cats', name: 'hello' });
    await a.page.locator('article', { hasText: 'Sticker: hello' }).waitFor();
    expect(a.complaints).toEqual([]);
    await a.context.close();
  });

  it('none of it is offered where it does not', async () => {
    const a = await Tab.open(browser, server);
    await a.page.route('**/api/v1/files', (route) => route.fulfill({ status: 404 }));
    await a.signIn('ada');
    await a.chat('Grace');
    await a.page.locator('.under').first().waitFor();
    expect(await a.page.getByRole('button', { name: 'Attach files' }).count()).toBe(0);
    expect(await a.page.getByRole('button', { name: 'Record a voice message' }).count()).toBe(0);
    await a.context.close();
  });
});
