import { describe, expect, it } from 'vitest';
import { excerpt } from '../src/chat/excerpt.js';

const marked = (line: string, query: string) =>
  excerpt(line, query)
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join('');

describe('an excerpt', () => {
  it('marks every word, whatever its case', () => {
    expect(marked('Noon at the usual place', 'PLACE noo')).toBe('[Noo]n at the usual [place]');
  });

  it('marks Chinese and signs', () => {
    expect(marked('明天中午吃饭吗 🎉', '中午')).toBe('明天[中午]吃饭吗 🎉');
    expect(marked('明天中午吃饭吗 🎉', '🎉')).toBe('明天中午吃饭吗 [🎉]');
  });

  it('takes nothing in the query for a pattern', () => {
    expect(marked('a.b (c) [d]', '.* ([')).toBe('a.b (c) [d]');
    expect(marked('axb a.b', 'a.b')).toBe('[a]x[b] [a].[b]');
  });

  it('begins shortly before what was found, and ends', () => {
    const line = `${'x '.repeat(100)}here ${'y '.repeat(200)}here`;
    const shown = marked(line, 'here');
    expect(shown.startsWith('…x x')).toBe(true);
    expect(shown).toContain('[here] y');
    expect(shown.length).toBeLessThan(200);
  });

  it('is the line where nothing can be marked', () => {
    expect(marked('Café', 'cafe')).toBe('Café');
    expect(marked('', 'x')).toBe('');
  });
});
