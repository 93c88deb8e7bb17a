import type { MagpieHttp, Uploaded } from '@magpie/client';
import { shallowReactive, shallowRef } from 'vue';

/** Uploaded files: whether this server takes any, and what was fetched of them, as addresses for `src`. */
export class Files {
  /** Until the server was asked, none are offered. */
  readonly available = shallowRef(false);
  private readonly urls = shallowReactive(new Map<string, string>());
  private readonly asked = new Set<string>();

  constructor(private readonly http: MagpieHttp) {}

  detect(): void {
    this.http.takesFiles().then(
      (takes) => (this.available.value = takes),
      () => undefined,
    );
  }

  upload(file: Blob): Promise<Uploaded> {
    return this.http.upload(file);
  }

  /** The address of a file, once it is here. */
  url(file: number | undefined, thumbnail = false): string | undefined {
    if (!file) {
      return undefined;
    }
    const key = `${file}${thumbnail ? 't' : ''}`;
    if (!this.asked.has(key)) {
      this.asked.add(key);
      this.http.download(file, thumbnail).then(
        (blob) => this.urls.set(key, URL.createObjectURL(blob)),
        () => undefined,
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

  async save(file: number, name: string): Promise<void> {
    const url = URL.createObjectURL(await this.http.download(file));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}
