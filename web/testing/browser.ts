import { axe } from './axe.js';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { WebSocket } from 'ws';
import {
  MagpieClient,
  MagpieHttp,
  MemoryCopy,
  type Client,
  type SocketFactory,
} from '../client/src/index.js';
import type { Server } from './server.js';

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
    ],
  });
}

/** Somebody in front of a browser of their own. */
export class Tab {
  /** What the browser complained about, but for what it says of answers that are no success. */
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      if (
        message.type() === 'error' &&
        !/Failed to load resource|WebSocket connection/.test(message.text())
      ) {
        this.complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  static async open(browser: Browser, server: Server, options: BrowserContextOptions = {}): Promise<Tab> {
    const context = await browser.newContext({ viewport: desktop, locale: 'en-GB', ...options });
    const page = await context.newPage();
    await page.goto(server.http);
    return new Tab(context, page);
  }

  async signIn(username: string, password = 'correct horse'): Promise<void> {
    await this.page.fill('input[name=username]', username);
    await this.page.fill('input[name=password]', password);
    await this.page.click('form button.primary');
    await this.page.waitForSelector('nav.rail');
  }

  async chat(title: string): Promise<void> {
    await this.page
      .locator('.row', { has: this.page.locator('.title', { hasText: title }) })
      .first()
      .click();
    await this.page.locator('.pane header h1', { hasText: title }).waitFor();
    await this.page.locator('.scroller.ready').waitFor();
  }

  get field() {
    return this.page.locator('.composer textarea');
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  message(text: string) {
    return this.page.locator('article.message', { hasText: text }).last();
  }

  /** The menu of a message. */
  async act(text: string, action: string): Promise<void> {
    await this.message(text).locator('.bubble').click({ button: 'right' });
    await this.page.locator('.veil .menu button', { hasText: action }).click();
  }

  /** Waits until nothing moves and everything that can be seen is drawn. */
  async still(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      await frame();
      await frame();
      const moving = document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
      await Promise.all(moving.map((animation) => animation.finished.catch(() => undefined)));
      await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
      await document.fonts.ready;
      await frame();
    });
  }

  /** What axe finds serious. */
  async barriers(): Promise<string[]> {
    return axe.serious(this.page);
  }
}

/** Somebody without a browser: speaks with the server directly. */
export class Person {
  private constructor(
    readonly user: number,
    readonly username: string,
    readonly http: MagpieHttp,
    readonly client: Client,
  ) {}

  static async register(server: Server, username: string, nickname: string): Promise<Person> {
    const http = new MagpieHttp(server.http);
    const device = { id: `robot-${username}`, platform: 'linux', name: 'Robot' } as const;
    await http.register(username, 'correct horse', nickname);
    const login = await http.logIn(username, 'correct horse', device);
    http.token = login.token;
    let ready: () => void = () => undefined;
    const caughtUp = new Promise<void>((resolve) => (ready = resolve));
    const settings = {
      address: async () => (await http.gateway()).websocket,
      token: login.token,
      device,
      socket: WebSocket as unknown as SocketFactory,
      backoffFirstMs: 100,
      backoffMaxMs: 1000,
    };
    const client = await MagpieClient.open(settings, new MemoryCopy(), (event) => {
      if (event.type === 'caught-up') {
        ready();
      }
    });
    await caughtUp;
    return new Person(login.userId, username, http, client);
  }

  with(other: Person): string {
    return `d.${Math.min(this.user, other.user)}.${Math.max(this.user, other.user)}`;
  }

  say(conversation: string, text: string, replyTo?: number) {
    return this.client.send(conversation, { kind: 'text', text }, { replyTo });
  }

  async befriend(other: Person): Promise<void> {
    const request = await this.http.askFriend(other.user);
    if (request.state === 'pending') {
      await other.http.acceptFriend(request.id);
    }
  }
}
