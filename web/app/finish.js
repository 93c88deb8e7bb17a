// After the build: tells the service worker what there is, and packs every file that gets smaller by it.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = join(import.meta.dirname, 'dist');
const files = readdirSync(dist, { recursive: true })
  .map((name) => join(dist, name))
  .filter((path) => statSync(path).isFile());

// Fonts of other scripts and the emoji lists are fetched when they are needed, and kept then.
const kept = files
  .map((path) => relative(dist, path))
  .filter((name) => /\.(html|js|css|svg|png|webmanifest)$/.test(name) && !/^sw\.js$|compact-/.test(name))
  .sort();
const hash = createHash('sha256');
kept.forEach((name) => hash.update(name).update(readFileSync(join(dist, name))));
const worker = join(dist, 'sw.js');
const text = readFileSync(worker, 'utf8')
  .replace("'VERSION'", JSON.stringify(hash.digest('hex').slice(0, 16)))
  .replace("['FILES']", JSON.stringify(kept));
writeFileSync(worker, text);

for (const path of files.filter((name) => /\.(html|js|css|svg|webmanifest)$/.test(name))) {
  const content = readFileSync(path);
  const packed = {
    gz: gzipSync(content, { level: 9 }),
    br: brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  };
  for (const [ending, bytes] of Object.entries(packed)) {
    if (bytes.length < content.length) {
      writeFileSync(`${path}.${ending}`, bytes);
    }
  }
}
