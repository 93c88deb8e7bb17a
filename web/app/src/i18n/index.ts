import { createI18n } from 'vue-i18n';
import { stored } from '../state/stored.js';
import { en, type Messages } from './en.js';
import { zh } from './zh.js';

export type Locale = 'en' | 'zh';

const kept = stored<Locale>('locale', navigator.language.startsWith('zh') ? 'zh' : 'en');

export const i18n = createI18n<[Messages], Locale, false>({
  legacy: false,
  locale: kept.get(),
  fallbackLocale: 'en',
  messages: { en, zh },
});

document.documentElement.lang = kept.get();

export function setLocale(locale: Locale): void {
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
  kept.set(locale);
}
