/** The other one of a direct conversation; oneself for notes to self. */
export function peerOf(conversation: string, me: number): number | undefined {
  const [kind, low, high] = conversation.split('.');
  if (kind !== 'd') {
    return undefined;
  }
  return Number(low) === me ? Number(high) : Number(low);
}

export function groupOf(conversation: string): number | undefined {
  return conversation.startsWith('g.') ? Number(conversation.slice(2)) : undefined;
}

export function isNotices(conversation: string): boolean {
  return conversation.startsWith('n.');
}

export function directWith(me: number, other: number): string {
  return `d.${Math.min(me, other)}.${Math.max(me, other)}`;
}
