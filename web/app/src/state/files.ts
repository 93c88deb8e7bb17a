import { Refused, type MagpieHttp, type Uploaded, type UploadOptions, type Uploads } from '@magpie/client';
import { computed, shallowReactive, shallowRef } from 'vue';

/** Uploaded files: whether this server takes any, and what was fetched of them, as addresses for `src`. */
export class Files {
  readonly limits = shallowRef<Uploads>();
  /** Until the server was asked, none are offered. */
  readonly available = computed(() => this.limits.value !== undefined);
  private readonly urls = shallowReactive(new Map<string, string>());
  private readonly streams = shallowReactive(new Map<number, { url: string; expiresAt: number }>());
  private readonly asked = new Set<string>();
  private readonly failures = new Set<string>();
  private readonly connections = shallowRef(0);

  constructor(private readonly http: MagpieHttp) {}

  /** What this server takes; asked for with every new connection, in which also what failed is fetched again. */
  detect(): void {
    this.http.uploads().then(
      (limits) => (this.limits.value = limits),
      (error: unknown) => {
        if (error instanceof Refused) {
          this.limits.value = undefined;
        }
      },
    );
    this.failures.forEach((key) => this.asked.delete(key));
    this.failures.clear();
    this.connections.value++;
  }

  async upload(file: Blob, options: UploadOptions = {}): Promise<Uploaded> {
    const stored = await this.http.upload(file, options);
    const limits = this.limits.value;
    if (limits) {
      this.limits.value = { ...limits, usedBytes: limits.usedBytes + stored.size };
    }
    return stored;
  }

  /** What is shown for a file that this device had before the server. */
  learn(file: number, url: string): void {
    this.asked.add(String(file));
    this.urls.set(String(file), url);
  }

  /** The address of a file, once it is here. */
  url(file: number | undefined, thumbnail = false): string | undefined {
    if (!file) {
      return undefined;
    }
    const key = `${file}${thumbnail ? 't' : ''}`;
    if (this.connections.value >= 0 && !this.asked.has(key)) {
      this.asked.add(key);
      this.http.download(file, thumbnail).then(
        (blob) => this.urls.set(key, URL.createObjectURL(blob)),
        () => this.failures.add(key),
      );
    }
    return this.urls.get(key);
  }

  /** A picture of a person or group: the id of a file, or the address of one elsewhere. */
  picture(avatar: string | undefined): string | undefined {
    if (!avatar) {
      return undefined;
    }
    if (/^\d+$/.test(avatar)) {
      return this.available.value ? this.url(Number(avatar)) : undefined;
    }
    return avatar.startsWith('https://') ? avatar : undefined;
  }

  /** The address of a film, which is not fetched whole; once the server has signed one. */
  stream(file: number): string | undefined {
    const key = `${file}s`;
    if (!this.asked.has(key)) {
      this.asked.add(key);
      this.sign(file);
    }
    return this.streams.get(file)?.url;
  }

  /** It could not be played: maybe the address is too old. */
  failed(file: number): void {
    if ((this.streams.get(file)?.expiresAt ?? Infinity) < Date.now()) {
      this.sign(file);
    }
  }

  private sign(file: number): void {
    this.http.fileAddress(file).then(
      (address) => this.streams.set(file, address),
      () => undefined,
    );
  }

  async save(file: number, name: string): Promise<void> {
    const link = document.createElement('a');
    link.href = (await this.http.fileAddress(file)).url;
    link.download = name;
    link.click();
  }
}
