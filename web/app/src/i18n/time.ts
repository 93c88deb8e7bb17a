import { i18n } from './index.js';
import { startOfDay } from './day.js';

const day = 86_400_000;

function format(time: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(i18n.global.locale.value, options).format(time);
}

export function clock(time: number): string {
  return format(time, { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** Today and yesterday by name, this week by weekday, the rest by date. */
export function dayName(time: number): string {
  const ago = Math.round((startOfDay(Date.now()) - startOfDay(time)) / day);
  if (ago <= 1) {
    const names = new Intl.RelativeTimeFormat(i18n.global.locale.value, { numeric: 'auto' });
    const name = names.format(-ago, 'day');
    return name.charAt(0).toUpperCase() + name.slice(1);
  }
  if (ago < 7) {
    return format(time, { weekday: 'long' });
  }
  const sameYear = new Date(time).getFullYear() === new Date().getFullYear();
  return format(time, { month: 'long', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** As short as a list allows. */
export function shortTime(time: number): string {
  const ago = Math.round((startOfDay(Date.now()) - startOfDay(time)) / day);
  if (ago === 0) {
    return clock(time);
  }
  if (ago < 7) {
    return ago === 1 ? dayName(time) : format(time, { weekday: 'short' });
  }
  const sameYear = new Date(time).getFullYear() === new Date().getFullYear();
  return format(time, { month: 'numeric', day: 'numeric', ...(sameYear ? {} : { year: '2-digit' }) });
}

export function fullTime(time: number): string {
  return format(time, { dateStyle: 'medium', timeStyle: 'short' });
}

export function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function bytes(size: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let at = 0;
  let left = size;
  while (left >= 1024 && at < units.length - 1) {
    left /= 1024;
    at++;
  }
  return `${left < 10 && at > 0 ? left.toFixed(1) : Math.round(left)} ${units[at]}`;
}
