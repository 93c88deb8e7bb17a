import type { Content, Entry } from '@magpie/client';
import { i18n } from '../i18n/index.js';
import { fullTime } from '../i18n/time.js';
import type { Chat } from './chat.js';
import { groupOf } from './ids.js';

/** A message's content in one line. */
export function contentLine(content: Content): string {
  const { t } = i18n.global;
  switch (content.kind) {
    case 'text':
      return content.text.replaceAll(/\s+/g, ' ').slice(0, 300);
    case 'file':
      return `[${t('message.file')}] ${content.name}`;
    case 'voice':
      return `[${t('message.voice')}]${content.transcript ? ` ${content.transcript}` : ''}`;
    case 'image':
    case 'video':
    case 'sticker':
    case 'location':
    case 'card':
      return `[${t(`message.${content.kind}`)}]`;
    default:
      return t('message.unsupported');
  }
}

/** An entry in one line, for lists and notifications; nothing for what shows elsewhere, as a reaction does. */
export function entryLine(chat: Chat, entry: Entry): string {
  const { t } = i18n.global;
  const body = entry.body;
  const group = groupOf(entry.conversation);
  const by = entry.sender === chat.me ? t('app.you') : chat.people.name(entry.sender, group);
  switch (body.kind) {
    case 'message':
      if (body.recalled || !body.content) {
        return entry.sender === chat.me ? t('message.youRecalled') : t('message.recalled', { who: by });
      }
      return contentLine(body.content);
    case 'recall':
      return entry.sender === chat.me ? t('message.youRecalled') : t('message.recalled', { who: by });
    case 'edit':
      return body.content ? contentLine(body.content) : t('message.edited');
    case 'reaction':
      return `${by}: ${body.emoji}`;
    case 'notice':
      return noticeLine(chat, body.event, body.user, body.group);
    case 'members':
    case 'group':
      return eventLine(chat, entry);
    default:
      return t('message.unsupported');
  }
}

function noticeLine(chat: Chat, event: string, user: number | undefined, group: number | undefined): string {
  const { t, te } = i18n.global;
  const known = te(`notice.${event}`);
  const title = group ? chat.items.get(`g.${group}`)?.title : undefined;
  return known
    ? t(`notice.${event}`, { who: user ? chat.people.name(user) : '', group: title ?? t('notice.group') })
    : t('message.unsupported');
}

export function eventLine(chat: Chat, entry: Entry): string {
  const { t } = i18n.global;
  const body = entry.body;
  const group = groupOf(entry.conversation);
  const name = (user: number) => (user === chat.me ? t('app.you') : chat.people.name(user, group));
  const by = name(entry.sender);
  if (body.kind === 'members') {
    const names = body.users.slice(0, 5).map(name);
    const rest = body.users.length - names.length;
    const who = new Intl.ListFormat(i18n.global.locale.value).format(
      rest > 0 ? [...names, `+${rest}`] : names,
    );
    switch (body.change) {
      case 'joined':
        return body.users.includes(entry.sender) || entry.sender === 0
          ? t('event.joined', { who })
          : t('event.joinedBy', { who, by });
      case 'role':
        return t('event.role', { by, who, role: t(`group.role.${body.role ?? 'member'}`) });
      case 'muted':
        return t('event.muted', { by, who, when: fullTime(body.until ?? 0) });
      case 'nickname':
        return body.nickname
          ? t('event.nickname', { who, name: body.nickname })
          : t('event.nicknameNone', { who });
      default:
        return t(`event.${body.change}`, { by, who });
    }
  }
  if (body.kind === 'group') {
    switch (body.change) {
      case 'renamed':
        return t('event.renamed', { by, name: body.name ?? '' });
      case 'announcement':
        return body.announcement
          ? t('event.announcement', { by, text: body.announcement })
          : t('event.announcementNone', { by });
      case 'settings':
        if (body.mutedUntil !== undefined) {
          return body.mutedUntil > 0
            ? t('event.mutedAll', { by, when: fullTime(body.mutedUntil) })
            : t('event.unmutedAll', { by });
        }
        return t('event.settings', { by });
      case 'owner':
        return t('event.owner', { who: name(body.owner ?? 0) });
      default:
        return t(`event.${body.change}`, { by });
    }
  }
  return t('message.unsupported');
}
