export interface Part {
  is: 'text' | 'link' | 'mention';
  text: string;
  href?: string;
}

const link =
  /https?:\/\/[^\s<>"'`，。；：！？、（）【】「」《》]*[^\s<>"'`，。；：！？、（）【】「」《》.,;:!?)\]}]/giu;

/** Finds addresses and the names of those who are called. Everything stays text: nothing of it becomes markup. */
export function textParts(text: string, names: string[]): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(link)) {
    parts.push(...mentionParts(text.slice(from, match.index), names));
    const href = safe(match[0]);
    parts.push(href ? { is: 'link', text: match[0], href } : { is: 'text', text: match[0] });
    from = match.index + match[0].length;
  }
  parts.push(...mentionParts(text.slice(from), names));
  return parts.filter((part) => part.text !== '');
}

function safe(address: string): string | undefined {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function mentionParts(text: string, names: string[]): Part[] {
  const parts: Part[] = [];
  let from = 0;
  while (from < text.length) {
    const next = names
      .map((name) => ({ at: text.indexOf(`@${name}`, from), name: `@${name}` }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0];
    if (!next) {
      break;
    }
    parts.push({ is: 'text', text: text.slice(from, next.at) }, { is: 'mention', text: next.name });
    from = next.at + next.name.length;
  }
  parts.push({ is: 'text', text: text.slice(from) });
  return parts;
}
