import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, Person, Tab } from '../testing/browser.js';
import { Server } from '../testing/server.js';

let server: Server;
let browser: Browser;
let ada: Person;
let grace: Person;

/** Answers the file calls as `docs/protocol.md` says, and remembers what was uploaded. */
class Files {
  readonly stored: { mime: string; body: Buffer }[] = [];

  async serve(page: Page): Promise<void> {
    await page.route('**/api/v1/files', async (route) => {
      const request = route.request();
      if (request.method() === 'OPTIONS') {
        await route.fulfill({ status: 200, headers: { Allow: 'POST,OPTIONS' } });
        return;
      }
      const mime = (await request.headerValue('content-type')) ?? '';
      const body = request.postDataBuffer() ?? Buffer.alloc(0);
      this.stored.push({ mime, body });
      const picture = mime.startsWith('image/') ? { width: 640, height: 400 } : {};
      await route.fulfill({
        status: 201,
        json: { fileId: this.stored.length, mime, size: body.length, ...picture },
      });
    });
    await page.route('**/api/v1/files/*', async (route) => {
      const file = this.stored[Number(/files\/(\d+)/.exec(route.request().url())?.[1]) - 1];
      await (file
        ? route.fulfill({ contentType: file.mime, body: file.body })
        : route.fulfill({ status: 404 }));
    });
  }
}

async function picture(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 400;
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#0e7490';
    context.fillRect(0, 0, 640, 400);
    return canvas.toDataURL('image/png').split(',')[1]!;
  });
  return Buffer.from(base64, 'base64');
}

beforeAll(async () => {
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
  it('pictures, files, voice and avatars are uploaded and shown', async () => {
    const files = new Files();
    const a = await Tab.open(browser, server, { permissions: ['microphone'] });
    await files.serve(a.page);
    await a.signIn('ada');
    await a.chat('Grace');
    const image = await picture(a.page);
    const chosen = a.page.locator('.composer input[type=file]');
    await chosen.setInputFiles({ name: 'sea.png', mimeType: 'image/png', buffer: image });
    await a.page.locator('article .picture img[src^="blob:"]').waitFor();
    await a.page.locator('article .picture').click();
    await a.page.getByRole('dialog').locator('img').waitFor();
    await a.page.keyboard.press('Escape');
    await chosen.setInputFiles({
      name: '计划.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7'),
    });
    await a.page.locator('article .file', { hasText: '计划.pdf' }).waitFor();

    await a.page.getByRole('button', { name: 'Record a voice message' }).click();
    await a.page.locator('.recording', { hasText: '0:02' }).waitFor();
    await a.page.getByRole('button', { name: 'Stop and send' }).click();
    await a.page.locator('article .voice').waitFor();
    const newest = async () => {
      const body = (await ada.client.before(ada.with(grace), undefined, 1)).entries[0]?.body;
      const content = body?.kind === 'message' ? body.content : undefined;
      return content?.kind === 'voice' ? (content.waveform?.length ?? 0) : 0;
    };
    await expect.poll(newest, { timeout: 20_000 }).toBeGreaterThan(5);

    await a.page.goto(`${server.http}/#/settings/profile`);
    await a.page.getByRole('button', { name: 'Change picture' }).click();
    await a.page
      .getByLabel('Picture', { exact: true })
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: image });
    await a.page.getByLabel('Zoom', { exact: true }).fill('2');
    await a.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await a.page.locator('.card .avatar img[src^="blob:"]').waitFor();
    expect(files.stored.map(({ mime }) => mime)).toEqual([
      'image/png',
      'application/pdf',
      'audio/webm',
      'image/jpeg',
    ]);
    expect((await ada.http.me()).avatar).toBe('4');
    expect(a.complaints).toEqual([]);
    await a.context.close();
  });

  it('none of it is offered where it does not', async () => {
    const a = await Tab.open(browser, server);
    await a.page.route('**/api/v1/files', (route) => route.fulfill({ status: 404 }));
    await a.signIn('ada');
    await a.chat('Grace');
    await a.page.locator('.under').waitFor();
    expect(await a.page.getByRole('button', { name: 'Attach files' }).count()).toBe(0);
    expect(await a.page.getByRole('button', { name: 'Record a voice message' }).count()).toBe(0);
    await a.context.close();
  });
});
