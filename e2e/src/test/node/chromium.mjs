// Stock clients in pages of one Chromium. Like page.mjs, but every line in and out has the number of its "page".
//
//   node chromium.mjs [HOST_RULES]      where names lead to, as in "MAP localhost:8081 127.0.0.1:40000"
//
// In:  {"open": [kind, url, options]}   a page of its own with a stock client, driven as client.mjs says
//      {"html": text}                   a page as written; what it asks of cdn.socket.io comes from the packages here
//      {"run": script}                  in the page; what comes out is told as {"on": "ran", "args": [result]}
//      {"see": text}                    told as {"on": "seen", "args": [text]} once the page shows it
//      {"close": true}
// Out: also {"on": "complaint", "args": [text]}, what a page throws
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const script = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const stock = script('node_modules/socket.io-client/dist/socket.io.min.js');
const files = {
  '/socket.io.js': stock,
  '/engine.io.js': script('node_modules/engine.io-client/dist/engine.io.min.js'),
  '/client.mjs': script('client.mjs'),
};
const DRIVEN = `<!doctype html><script src="/socket.io.js"></script><script src="/engine.io.js"></script>
<script type="module">
  import { client } from '/client.mjs';
  window.begin = (...what) => { window.tell = client({ io, Socket: eio }, ...what, window.say); };
</script>`;

const written = new Map();
const site = createServer((request, response) => {
  const text = files[request.url];
  response.setHeader('Content-Type', text ? 'text/javascript' : 'text/html; charset=utf-8');
  response.end(text ?? written.get(request.url) ?? DRIVEN);
});
await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${site.address().port}`;

const rules = process.argv[2] ? [`--host-resolver-rules=${process.argv[2]}`] : [];
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-dev-shm-usage', ...rules],
});
const pages = new Map();

async function visit(say, path) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', (error) => say({ on: 'complaint', args: [String(error)] }));
  await page.route('https://cdn.socket.io/**/socket.io.min.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: stock }),
  );
  await page.exposeFunction('say', say);
  await page.goto(origin + path);
  return page;
}

async function obey(number, say, command) {
  if (command.open) {
    const page = await visit(say, '/');
    pages.set(number, page);
    return page.evaluate((what) => window.begin(...what), command.open);
  }
  if (command.html) {
    written.set(`/${number}`, command.html);
    pages.set(number, await visit(say, `/${number}`));
    return undefined;
  }
  const page = pages.get(number);
  if (command.run) {
    return say({ on: 'ran', args: [await page.evaluate(command.run)] });
  }
  if (command.see) {
    await page.getByText(command.see).first().waitFor({ timeout: 60000 });
    return say({ on: 'seen', args: [command.see] });
  }
  if (command.close) {
    pages.delete(number);
    return page.context().close();
  }
  return page.evaluate((told) => window.tell(told), command);
}

// The commands of a page one after the other, those of different pages beside each other.
const turns = new Map();
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const { page: number, ...command } = JSON.parse(line);
  const say = (event) => process.stdout.write(JSON.stringify({ page: number, ...event }) + '\n');
  const turn = (turns.get(number) ?? Promise.resolve())
    .then(() => obey(number, say, command))
    .catch((error) => say({ on: 'complaint', args: [String(error)] }));
  turns.set(number, turn);
});
lines.on('close', () => browser.close().then(() => process.exit(0)));
