import { decode, isBlurhashValid } from 'blurhash';

const side = 32;
const drawn = new Map<string, string>();
const most = 500;

/** A blurhash as an address of a picture. */
export function blurred(hash: string | undefined): string | undefined {
  if (!hash || !isBlurhashValid(hash).result) {
    return undefined;
  }
  let url = drawn.get(hash);
  if (url === undefined) {
    const canvas = document.createElement('canvas');
    canvas.width = side;
    canvas.height = side;
    const pixels = new ImageData(new Uint8ClampedArray(decode(hash, side, side)), side, side);
    canvas.getContext('2d')?.putImageData(pixels, 0, 0);
    url = canvas.toDataURL();
    if (drawn.size >= most) {
      drawn.clear();
    }
    drawn.set(hash, url);
  }
  return url;
}
