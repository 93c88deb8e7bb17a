/** The pack `magpie`, which this app draws itself. */
export const stickers = ['hello', 'love', 'ok', 'no', 'party', 'cry', 'sleep', 'what'] as const;

export type StickerName = (typeof stickers)[number];

export function drawn(name: string): StickerName | undefined {
  return stickers.find((one) => one === name);
}
