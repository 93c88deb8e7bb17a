import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Content } from '../client/src/index.js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, Person, Tab } from '../testing/browser.js';
import { Server } from '../testing/server.js';

const folder = resolve(import.meta.dirname, '../target/screens');
let server: Server;
let browser: Browser;
let ada: Person;
let grace: Person;

/** A picture with an edge to cut along. */
async function picture(page: Page, width = 1600, height = 1000): Promise<Buffer> {
  const base64 = await page.evaluate(
    ([w, h]) => {
      const canvas = document.createElement('canvas');
      canvas.width = w!;
      canvas.height = h!;
      const context = canvas.getContext('2d')!;
      const sky = context.createLinearGradient(0, 0, w!, h!);
      sky.addColorStop(0, '#0e7490');
      sky.addColorStop(0.6, '#fbbf24');
      sky.addColorStop(1, '#7c2d12');
      context.fillStyle = sky;
      context.fillRect(0, 0, w!, h!);
      return canvas.toDataURL('image/png').split(',')[1]!;
    },
    [width, height],
  );
  return Buffer.from(base64, 'base64');
}

/** A second of film, as browsers record it. */
async function film(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 180;
    const context = canvas.getContext('2d')!;
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
    const parts: Blob[] = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const stopped = new Promise((done) => (recorder.onstop = done));
    recorder.start();
    for (let i = 0; i < 30; i++) {
      context.fillStyle = `hsl(${i * 12} 70% 50%)`;
      context.fillRect(0, 0, 320, 180);
      await new Promise((done) => setTimeout(done, 50));
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
}

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
  server = await Server.start();
  browser = await launch();
  ada = await Person.register(server, 'ada', 'Ada');
  grace = await Person.register(server, 'grace', 'Grace');
  await grace.say(grace.with(ada), 'Hello');
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([ada, grace].map((person) => person?.client.close()));
  await server.close();
});

describe('where the server takes files', () => {
  it('pictures, films, files and voice travel', async () => {
    const a = await Tab.open(browser, server, { permissions: ['microphone'] });
    const g = await Tab.open(browser, server);
    await a.signIn('ada');
    await a.chat('Grace');
    await g.signIn('grace');
    await g.chat('Ada');
    const image = await picture(a.page);
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
    await g.page.screenshot({ path: join(folder, 'media-desktop-light.png') });
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
    await give('paste', await picture(a.page, 300, 200));
    await expect.poll(async () => (await content('image')).width, { timeout: 20_000 }).toBe(300);
    await give('drop', await picture(a.page, 200, 300));
    await expect.poll(async () => (await content('image')).height, { timeout: 20_000 }).toBe(300);

    await a.page.goto(`${server.http}/#/settings/profile`);
    await a.page.getByRole('button', { name: 'Change picture' }).click();
    await a.page
      .getByLabel('Picture', { exact: true })
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: await picture(a.page) });
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
    await a.page.locator('.toast.bad').first().waitFor();
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
