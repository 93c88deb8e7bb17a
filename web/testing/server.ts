import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');

/** The real server as a child process, on data of its own, which outlives a kill. */
export class Server {
  private process: ChildProcess | undefined;
  private readonly data = mkdtempSync(join(tmpdir(), 'magpie-web-'));
  httpPort = 0;
  realtimePort = 0;

  static async start(...options: string[]): Promise<Server> {
    const server = new Server(options);
    try {
      await server.start();
    } catch (error) {
      await server.close();
      throw error;
    }
    return server;
  }

  private constructor(private readonly options: string[]) {}

  get http(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  get websocket(): string {
    return `ws://127.0.0.1:${this.realtimePort}/ws`;
  }

  /** On the ports of before, if there was a before. */
  async start(): Promise<void> {
    const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin/java') : 'java';
    const child = spawn(
      java,
      [
        '-Xmx512m',
        '-XX:+UseSerialGC',
        '-XX:TieredStopAtLevel=1',
        '--enable-native-access=ALL-UNNAMED',
        '-cp',
        classPath(),
        'io.magpie.server.MagpieServer',
        ...['--config', '/dev/null', '--data', this.data, '--host', '127.0.0.1'],
        ...['--http-port', String(this.httpPort), '--realtime-port', String(this.realtimePort)],
        ...['--tcp-port', '0'],
        ...this.options,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: withoutSettings() },
    );
    this.process = child;
    const said: string[] = [];
    child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
    const ready = new Promise<RegExpExecArray>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        said.push(line);
        const ports = /^ready http=\S+:(\d+) realtime=\S+:(\d+)/.exec(line);
        if (ports) {
          resolve(ports);
        }
      });
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said.join('\n')}`)));
    });
    const [, http, realtime] = await ready;
    this.httpPort = Number(http);
    this.realtimePort = Number(realtime);
  }

  /** Without a goodbye. */
  async kill(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    }
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** The settings of whoever runs the tests are not the server's. */
function withoutSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MAGPIE_')));
}

/** What the build of the server left, and the web app if it is built. */
function classPath(): string {
  const target = join(root, 'server/target');
  const jar = readdirSync(target).find((name) => /^server-[\d.]+\.jar$/.test(name));
  if (!jar) {
    throw new Error(`no jar in ${target} (expected: a built server)`);
  }
  return [join(target, jar), join(target, 'app/*'), join(root, 'web/target/web.jar')].join(':');
}
