export interface Piece {
  text: string;
  hit: boolean;
}

const lead = 24;
const most = 160;

/** A line of a message with the words somebody searched for marked, beginning shortly before the first of them. */
export function excerpt(line: string, query: string): Piece[] {
  const words = query.match(/[\p{L}\p{N}\p{M}\p{So}]+/gu) ?? [];
  const wanted = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const found = wanted.length > 0 ? [...line.matchAll(new RegExp(wanted.join('|'), 'giu'))] : [];
  const first = found[0]?.index ?? 0;
  const from = first > 2 * lead ? first - lead : 0;
  const pieces: Piece[] = from > 0 ? [{ text: '…', hit: false }] : [];
  let at = from;
  for (const match of found) {
    if (match.index - from > most) {
      break;
    }
    pieces.push({ text: line.slice(at, match.index), hit: false }, { text: match[0], hit: true });
    at = match.index + match[0].length;
  }
  pieces.push({ text: line.slice(at, Math.max(at, from + most)), hit: false });
  return pieces.filter(({ text }) => text !== '');
}
