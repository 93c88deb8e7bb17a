import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { describe, expect, it } from 'vitest';

const folder = resolve(import.meta.dirname, '..');

describe('the package', () => {
  it('is as small as its README says', async () => {
    const said = /([\d.]+) KB gzipped/.exec(readFileSync(resolve(folder, 'README.md'), 'utf8'));
    const built = (await build({
      configFile: resolve(folder, 'vite.config.ts'),
      root: folder,
      logLevel: 'error',
      build: { write: false, minify: true },
    })) as Rollup.RolldownOutput[];
    const code = built.flatMap(({ output }) =>
      output.map((part) => (part.type === 'chunk' ? part.code : '')),
    );
    const packed = gzipSync(code.join('\n')).length / 1000;
    expect(packed).toBeLessThanOrEqual(Number(said?.[1]));
    expect(packed).toBeGreaterThan(Number(said?.[1]) - 0.5);
  });
});
